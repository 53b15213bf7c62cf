r"""Plain text in a BibTeX field: what somebody wrote in a note or a tag is no TeX, whatever signs it has.

Each sign that means something to TeX is written by the command that shows it, so that `costs $5` is no formula. Braces are commands
too, for BibTeX counts `\{`. What is written so is told from the TeX of other programs by having nothing else: it is read back exactly.
"""

from __future__ import annotations

import re

from arxtui.core.exchange.references import comment_of, note_text, with_line_feeds

_WRITTEN = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
}  # fmt: skip
_IN_KEYWORDS = {",": "{,}", ";": "{;}"}
_END = "{}"
_READ = {written: sign for sign, written in (_WRITTEN | _IN_KEYWORDS | {":": "{:}", "": _END}).items()}
_SIGN = re.compile(r"[\\{}^~$&#%_]")
_ESCAPED = re.compile("|".join(map(re.escape, _READ)))
_OURS = re.compile(rf"(?:[^\\{{}}^~$&#%_]|{_ESCAPED.pattern})*+")
_BETWEEN = re.compile(r"(?<!\{)[,;]|[,;](?!\})")


def escape(text: str) -> str:
    """Write plain text as TeX that shows it."""
    return _SIGN.sub(lambda sign: _WRITTEN[sign[0]], text)


def escape_note(text: str) -> str:
    """Write a note as TeX that shows it; one that would be taken for the authors' comment has its colon in braces.

    Empty groups around one keep the blanks and empty lines at its ends.
    """
    escaped = escape(text)
    if comment_of(text) is not None:
        escaped = escaped.replace(":", "{:}", 1)
    return escaped if note_text(text) == with_line_feeds(text) else f"{_END}{escaped}{_END}"


def escape_keyword(word: str) -> str:
    """Write a keyword as TeX that shows it; a comma or semicolon in braces does not divide keywords."""
    return re.sub(r"[,;]", lambda sign: _IN_KEYWORDS[sign[0]], escape(word))


def unescape(text: str) -> str | None:
    """What `escape` was given to write a text, None for a text that it does not write: that is TeX."""
    return _ESCAPED.sub(lambda found: _READ[found[0]], text) if _OURS.fullmatch(text) else None


def keywords_of(text: str) -> list[str] | None:
    """The keywords of a field that `escape_keyword` wrote, divided by commas or semicolons; None where that is TeX."""
    if not _OURS.fullmatch(text):
        return None
    return [_ESCAPED.sub(lambda found: _READ[found[0]], word) for word in _BETWEEN.split(text)]
