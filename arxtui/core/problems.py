"""The kinds of problems that reading a file can meet, and what each means to the reader."""

from __future__ import annotations

from typing import Final

KINDS: Final[dict[str, str]] = {
    "no-identifier": "An entry has no arXiv identifier line. It is kept, and linked to the paper whose text it repeats.",
    "bad-identifier": "What stands behind arXiv: is no identifier that arXiv ever gave. The entry is kept without one.",
    "truncated": "The file ends in the middle of an entry. What is there is kept.",
    "no-abstract": "An entry has an identifier but no abstract.",
    "bad-date": "A Created or Updated date is no date. It is left out.",
    "extra-lines": "An entry has more lines than its layout knows. None is left out.",
    "stray-text": "Text between entries that is too short for an abstract. It is not shown.",
    "too-long": "More text than an entry can have without an identifier line. It is passed over.",
    "no-papers": "A file without any identifier that does not look like one entry either. It is passed over.",
    "not-text": "A file that holds zero bytes, so no text. It is passed over.",
    "not-utf8": "Bytes that are no UTF-8. They are read as Latin-1.",
    "unreadable": "A file or folder that could not be read.",
}
"""Kind -> what it means, in one or two sentences."""
