"""arXiv identifiers of both schemes.

The rules are those of https://info.arxiv.org/help/arxiv_identifier.html: `archive[.XX]/YYMMNNN` from
July 1991 to March 2007, `YYMM.NNNN` from April 2007 to December 2014, `YYMM.NNNNN` since. A version
`vN` may follow. The subject class `.XX` says nothing that the archive does not, so keys leave it out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

MONTH = r"(?:0[1-9]|1[0-2])"
FOUR_DIGITS = rf"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4]){MONTH})\.\d{{4}}"
FIVE_DIGITS = rf"(?:1[5-9]|[2-8]\d){MONTH}\.\d{{5}}"
_OLD_MONTH = rf"(?:91(?:0[7-9]|1[0-2])|(?:9[2-9]|0[0-6]){MONTH}|070[1-3])"
OLD_SCHEME = rf"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]+)?/{_OLD_MONTH}\d{{3}}"
IDENTIFIER = rf"(?:{FOUR_DIGITS}|{FIVE_DIGITS}|{OLD_SCHEME})"
"""The identifier alone. The month decides the number of digits, so text glued behind it stays text."""
BEGUN_IDENTIFIER = (
    rf"(?:(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4]){MONTH})\.\d{{1,4}}|(?:1[5-9]|[2-8]\d){MONTH}\.\d{{1,5}})"
)
"""An identifier since April 2007 whose last digits may still be missing."""
VERSION = r"v[1-9]\d{0,2}"

UNDIVIDED = frozenset(
    "astro-ph gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph acc-phys adap-org alg-geom ao-sci atom-ph bayes-an"
    " chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th patt-sol plasm-ph q-alg solv-int supr-con".split()
)
"""Archives that had no subject classes before April 2007, so that an identifier of theirs names the category (https://arxiv.org/category_taxonomy)."""

_WRITTEN = rf"""\s*(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src)/
         |(?:www\.)?arxiv\.org/(?:abs|pdf|html)/
         |(?:https?://)?(?:(?:www\.)?alphaxiv\.org/(?:abs|pdf|html|overview)
            |(?:www\.)?(?:huggingface|hf)\.co/papers |ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)
            |(?:www\.)?scirate\.com/arxiv |(?:(?:www|api)\.)?semanticscholar\.org/arxiv)/ |(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\. |(?:arxiv:)?\s*)
         (?P<id>{IDENTIFIER})(?P<version>{VERSION})?(?:\.pdf)?/?(?:[?#]\S*)?\s*\Z"""
_SUBJECT_CLASS = re.compile(r"\.[A-Za-z-]+/")


class Identifier(NamedTuple):
    """An identifier as arxtui keeps it.

    Attributes:
        key: the identifier without version and subject class, `math/0309136`.
        version: the number behind `v`, or None.
    """

    key: str
    version: int | None


def parse_identifier(text: str) -> Identifier | None:
    """Read an identifier however people write it: bare, with `arXiv:` before it, or as a link, also to sites that show its papers.

    Returns:
        The identifier, or None where `text` is something else or names a month that never had such ones.
    """
    match = _written().match(text)
    if match is None:
        return None
    version = match["version"]
    return Identifier(key_of(match["id"]), int(version[1:]) if version else None)


@cache
def _written() -> re.Pattern[str]:
    # Compiled when first asked for: that takes some milliseconds, and a list of papers starts without.
    return re.compile(_WRITTEN, re.VERBOSE | re.IGNORECASE)


def key_of(identifier: str) -> str:
    """Take the subject class out of a well-formed identifier: `math.GT/0309136` -> `math/0309136`."""
    if "/" in identifier:
        return _SUBJECT_CLASS.sub("/", identifier).lower()
    return identifier


def category_of(key: str) -> str | None:
    """The primary category that an identifier itself tells: `hep-th` of `hep-th/9901001`; None where its archive has several, or it names none."""
    archive = key.partition("/")[0]
    return archive if archive in UNDIVIDED else None


def month_of(key: str) -> str:
    """The month that a key stands for, as `YYYY-MM`; empty for one that is not arXiv's, as a file of another device may have it."""
    digits = key.rpartition("/")[2][:4]
    if not (len(digits) == 4 and digits.isascii() and digits.isdecimal()):
        return ""
    year = int(digits[:2])
    return f"{1900 + year if year > 90 else 2000 + year}-{digits[2:]}"
