"""The orders of papers, in the words of SQL."""

from __future__ import annotations

# What a paper without a title goes by in the order of titles, behind all that have one: how its text begins.
_NAME = "coalesce(title, lead)"
# Accents and TeX do not count in the order of titles. Few titles have them, and only those are worth a call of Python.
_FOLDED = f"CASE WHEN {_NAME} GLOB '*[^ -Z^_`a-z|~]*' OR {_NAME} GLOB '*$*' THEN folded({_NAME}) ELSE lower({_NAME}) END"
# Nor does what stands before the first letter or digit: quotes, brackets, blanks that a TeX command leaves.
_TITLE_KEY = f"""ltrim({_FOLDED}, ' !"#$%&''()*+,-./:;<=>?@[\\]^_`{{|}}~')"""
_ORDERS = {
    "date": "date DESC, key DESC",
    "updated": "coalesce(updated, date) DESC, key DESC",
    "title": f"title IS NULL, {_TITLE_KEY}, lead COLLATE NOCASE, key",
    "id": "key",
    "occurrences": "occurrences DESC, date DESC, key DESC",
}
_REVERSED = {
    "date": "date = '', date, key",
    "updated": "coalesce(updated, date) = '', coalesce(updated, date), key",
    "title": f"title IS NULL, {_TITLE_KEY} DESC, lead COLLATE NOCASE DESC, key DESC",
    "id": "key DESC",
    "occurrences": "occurrences, date, key",
}


def order_by(sort: str) -> str:
    """What stands behind ORDER BY.

    Args:
        sort: `date`, `updated`, `title`, `id` or `occurrences`, with `-` before it for the reverse.
    """
    return _REVERSED[sort[1:]] if sort.startswith("-") else _ORDERS[sort]
