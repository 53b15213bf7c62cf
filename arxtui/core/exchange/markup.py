"""The tags that reference managers set titles with: `<i>`, `<b>`, `<sub>` and a few more."""

from __future__ import annotations

import re

NO_CASE = '<span class="nocase">{}</span>'
"""A text whose letters a citation style leaves as they are."""
SIGN = NO_CASE.format("<")
"""A `<` that begins no tag."""
_ATTRIBUTES = r"""(?:\s+[\w-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*"""
_TAG = re.compile(
    rf"(?P<sign>{re.escape(SIGN)})|<(?P<end>/?)(?P<kind>i|b|sc|span|sub|sup){_ATTRIBUTES}>", re.IGNORECASE
)
_SCRIPTS = {"sub": "_", "sup": "^"}


def without_markup(text: str) -> str:
    """A text without its tags; what is set lower or higher becomes TeX.

    Args:
        text: of another program. A tag without its partner, or one with words that are no attributes (`a<b and c>d`), is none.
    """
    pieces: list[str] = []
    opened: dict[str, list[int]] = {}  # where in the pieces the tags of a kind stand
    at = 0
    for match in _TAG.finditer(text):
        pieces += [text[at : match.start()], "<" if match["sign"] else match[0]]
        at = match.end()
        kind = (match["kind"] or "").lower()
        if match["end"] and opened.get(kind):
            place = opened[kind].pop()
            script = _SCRIPTS.get(kind)
            pieces[place], pieces[-1] = (f"${script}{{", "}$") if script else ("", "")
        elif kind and not match["end"]:
            opened.setdefault(kind, []).append(len(pieces) - 1)
    return "".join([*pieces, text[at:]])
