"""Citation keys: short names for papers, the same at every export.

A key depends on the paper and a pattern. Where two papers would have one key, the one that was kept first has it, and the others add
their identifiers; papers that nobody keeps come last, the one with the smallest arXiv identifier before the others. So whatever is kept
later and whichever papers are written, the key of a kept paper stays.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from arxtui.core.exchange.names import names_of
from arxtui.core.exchange.plain import plain
from arxtui.core.papers import Paper

DEFAULT_PATTERN = "{author}{year}{title}"

# Words that titles begin with and nobody remembers them by.
_STOP = frozenset(
    "a an and are as at but by can de der des die do does das for from how in into is it la le les los no not of on or over"
    " some that the their this to towards toward un une under upon via what when where which who why with without".split()
)
_HOLE = re.compile(r"\{([^{}]*)\}")
_LITERAL = re.compile(r"[A-Za-z0-9_.:+/-]*")
# What BibTeX, Biber, LaTeX or pandoc do not take in a key; pandoc then reads nothing of the file. An address is an identifier of Zotero's that nobody cites by.
_OWN = re.compile(r"(?!.*://)[^\s\"#%'(),<=>^{|}\\~]{1,200}")
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ı": "i", "ŋ": "n", "þ": "th",
    "Æ": "Ae", "Œ": "Oe", "Ø": "O", "Đ": "D", "Ł": "L", "Þ": "Th",
}  # fmt: skip


class BadPattern(ValueError):
    """A pattern of citation keys that means nothing, or makes keys that BibTeX cannot read."""


def _ascii(text: str) -> str:
    """The letters and digits of a text without accents."""
    text = "".join(_LETTERS.get(letter, letter) for letter in text)
    plain_letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]", "", plain_letters)


def _author(paper: Paper) -> str:
    name = next(names_of(paper), None)
    if name is None:
        return ""
    # Of "The ATLAS Collaboration" the first word that tells; of a person the family name with its particle.
    words = plain(name.family).split() if name.whole else [plain(f"{name.particle} {name.family}")]
    return next((found for word in words if (found := _ascii(word)) and found.lower() not in _STOP), "")


def _title(paper: Paper) -> str:
    words = re.findall(r"[^\W_]+", re.sub(r"\$[^$]*\$", " ", plain(paper.title or "")))
    found = [word for each in words if (word := _ascii(each))]
    return next((word for word in found if len(word) > 1 and word.lower() not in _STOP), "".join(found[:1]))


def _year(paper: Paper) -> str:
    year = paper.date[:4]
    return year if year.isascii() and year.isdecimal() else ""


def _identifier(paper: Paper) -> str:
    return paper.identifier or re.sub(r"[^A-Za-z0-9]", "", paper.key)


FIELDS: Mapping[str, Callable[[Paper], str]] = {
    "author": lambda paper: _author(paper).lower(),
    "Author": lambda paper: _author(paper)[:1].upper() + _author(paper)[1:],
    "year": _year,
    "title": lambda paper: _title(paper).lower(),
    "Title": lambda paper: _title(paper)[:1].upper() + _title(paper)[1:],
    "id": _identifier,
}
"""What a pattern can ask for: the first author's family name, the year, the first word of the title that tells, the identifier."""


def check_pattern(pattern: str) -> None:
    """See that a pattern makes keys.

    Raises:
        BadPattern: it names an unknown field, none at all, or has a character that BibTeX takes for its own.
    """
    names = _HOLE.findall(pattern)
    for name in names:
        if name not in FIELDS:
            close = difflib.get_close_matches(name, FIELDS, n=1)
            hint = f"did you mean {{{close[0]}}}?" if close else f"there are {', '.join(FIELDS)}"
            raise BadPattern(f"citation keys have no field {{{name}}}; {hint}")
    if not names:
        raise BadPattern(
            f"the pattern {pattern!r} makes the same key for all papers; it needs a field, {{id}} say"
        )
    if not _LITERAL.fullmatch(_HOLE.sub("", pattern)):
        raise BadPattern(f"citation keys are of letters, digits and _ . : + / -, which {pattern!r} is not")


def citation_key(paper: Paper, pattern: str = DEFAULT_PATTERN) -> str:
    """The key of a paper alone.

    Args:
        paper: the paper.
        pattern: literal text and fields of `FIELDS` in braces.

    Returns:
        The pattern with its fields; the identifier stands in for those that a paper lacks.
    """
    values = {name: FIELDS[name](paper) for name in _HOLE.findall(pattern)}
    key = _HOLE.sub(lambda hole: values[hole[1]], pattern)
    if all(values.values()):
        return key
    return key + ("-" if key else "") + _identifier(paper)


def own_key(text: str) -> str | None:
    """The citation key that an entry of another program came with; None where it has none that documents can cite."""
    key = text.strip()
    return key if key.isprintable() and _OWN.fullmatch(key) else None


class Claim(NamedTuple):
    """What gave a paper that is kept its key.

    Attributes:
        paper: the paper as it was known then.
        own: the key that it came with from another program, as `own_key` returns it; None where a pattern makes it.
        counts: whether that was neither removed nor undone. The key is given to no other paper in any case.
    """

    paper: Paper
    own: str | None = None
    counts: bool = True


class CitationKeys:
    """The citation keys of the papers of one export, no two of them alike.

    Args:
        papers: all papers that will be written, in any order.
        pattern: what `citation_key` makes keys of. None: papers that came with a key have that, others `DEFAULT_PATTERN`.
        claims: those of all papers that are kept, written or not, in the order in which they came.

    Raises:
        BadPattern: the pattern makes no keys.
    """

    def __init__(
        self, papers: Iterable[Paper], pattern: str | None = None, claims: Iterable[Claim] = ()
    ) -> None:
        self._pattern = DEFAULT_PATTERN if pattern is None else pattern
        check_pattern(self._pattern)
        self._keys: dict[str, str] = {}
        # BibTeX takes keys that differ in case alone for a mistake.
        self._holders: dict[str, str] = {}
        own = {}
        for paper, key, counts in claims:
            if key is None:
                self._give(paper.key, citation_key(paper, self._pattern), _identifier(paper))
            elif pattern is None and self.reserve(key, paper.key) and counts:
                own[paper.key] = key
        wanted = {
            paper.key: (citation_key(paper, self._pattern), _identifier(paper))
            for paper in papers
            if paper.key not in self._keys
        }
        for key in sorted(wanted):
            self._give(key, *wanted[key])
        self._keys |= own

    def _give(self, key: str, name: str, identifier: str) -> None:
        """Give a paper a name that no other one has."""
        if self._holders.get(name.lower(), key) != key:
            name = f"{name}-{identifier}"
        while not self.reserve(name, key):
            name += "x"
        self._keys[key] = name

    def of(self, paper: Paper) -> str:
        """The citation key of a paper, also of one that was not there before: another program may add to a list meanwhile."""
        if paper.key not in self._keys:
            self._give(paper.key, citation_key(paper, self._pattern), _identifier(paper))
        return self._keys[paper.key]

    def known(self, key: str) -> str | None:
        """The citation key of the paper of a key, None where it was given none."""
        return self._keys.get(key)

    def reserve(self, name: str, key: str) -> bool:
        """Keep a citation key for a paper; tell whether it is free for that one.

        Args:
            name: the citation key.
            key: the key of the paper.
        """
        return self._holders.setdefault(name.lower(), key) == key
