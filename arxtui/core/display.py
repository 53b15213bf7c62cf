"""Text from files made fit for a terminal.

Files are not trusted. A control character could move the cursor, a bidi override could show a text that is
not there, a character without width could hide a word from the eye.
"""

from __future__ import annotations

import re

_UNSAFE_SIGNS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, but not tab and line feed
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi, no width, separators
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters that stand for none and show nothing: fillers of Hangul, vowels of Khmer
    "\ud800-\udfff\U000e0000-\U000e007f"  # half pairs, which no terminal can be sent; invisible tags
)
# Between two letters or pictures a joiner, or what keeps two from joining, is part of how they are written: in Persian, in Hindi, in a family of
# emoji. In words of ASCII it only hides them from who searches.
_JOINERS = "\u200c\u200d"
_JOINED = rf"[^\x00-\x7f\s{_JOINERS}{_UNSAFE_SIGNS}]"
_JOINING = re.compile(f"(?<={_JOINED})[{_JOINERS}](?={_JOINED})")
_UNSAFE = re.compile(f"[{_UNSAFE_SIGNS}]|(?<!{_JOINED})[{_JOINERS}]|[{_JOINERS}](?!{_JOINED})")
_UNSAFE_IN_PATH = re.compile(f"[{_UNSAFE_SIGNS}{_JOINERS}\t\n]")
_WORD = re.compile(r"[^\W\d_]+(?=$|[\s,;:.])")
_SPACES = re.compile(r"\s+")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?")


def clean_path(path: str) -> str:
    r"""A path with a visible escape, such as `\x1b`, for every character that must not reach a terminal.

    Unlike in a text, each of them tells one file from another. So does a byte that is no UTF-8.
    """
    return _UNSAFE_IN_PATH.sub(lambda found: _escape(found[0]), path)


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python shows a byte of a path that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def named(name: str) -> str:
    """A name that the user gave, as it stands in a sentence: several words in quotation marks, lest they be read as part of it."""
    return f"“{name}”" if _SPACES.search(name) else name


def sentence(text: str) -> str:
    """A text that begins with a capital, but where it begins with a path, an identifier or another name that a capital would change."""
    return text[:1].upper() + text[1:] if _WORD.match(text) else text


def without_controls(text: str) -> str:
    """Take out what must not reach a terminal, and leave white space as it is: for a text that is edited."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n"))


def without_joiners(text: str) -> str:
    """A text without the characters that only join letters or pictures: what differs in nothing else looks the same."""
    return _JOINING.sub("", text)


def clean(text: str, *, keep_breaks: bool = False) -> str:
    """Take out what must not reach a terminal, and fold white space.

    Args:
        text: any text.
        keep_breaks: keep line feeds, with no blanks around them; else each becomes a blank.
    """
    text = _UNSAFE.sub("", text.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " "))
    if keep_breaks:
        return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()
    return _SPACES.sub(" ", text).strip()
