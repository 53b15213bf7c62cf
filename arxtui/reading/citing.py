"""By what papers have their citation keys: the order in which they were kept, and the keys that they came with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.core.display import clean
from arxtui.reading.opened import OpenedStore
from arxtui.reading.values import paper_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from arxtui.core.exchange import Claim

# What was undone or removed has its turn too: documents may cite it, and it may come back. A paper has a name from its first record on that
# has a title or authors, not from the mention of its identifier; those that came at once are in the order of their identifiers, with the keys
# they came with first.
_CLAIMS = """
SELECT event, 0 AS place, b, value, shown FROM writes WHERE kind = 'cited' AND value IS NOT NULL
UNION ALL
SELECT min(event), 1, b, record, total(shown) > 0 FROM writes JOIN records ON digest = value
WHERE kind IN ('entry', 'record') AND json_extract(record, '$.title', '$.authors[0]') <> '[null,null]' GROUP BY b
ORDER BY event, place, b
"""

_TOLD = 5
"""Papers whose other citation keys are told one by one."""


class Citing(OpenedStore):
    """The part of the store that knows which paper has a citation key."""

    def claims(self) -> list[Claim]:
        """Return what gave all papers that were ever kept their citation keys, for `core.exchange.write`."""
        with self._reading() as connection:
            return claims_in(connection)


def claims_in(connection: sqlite3.Connection) -> list[Claim]:
    """Return the same, of an open store."""
    from arxtui.core.exchange import Claim  # its tables delay the first list

    rows = connection.execute(_CLAIMS).fetchall()
    return [
        Claim(paper_from(key, value), None, bool(counts))
        if made
        else Claim(paper_from(key, ""), value, bool(counts))
        for _, made, key, value, counts in rows
    ]


def citation_keys(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the citation keys of all papers that were ever kept, by their keys, as an export without a pattern has them."""
    from arxtui.core.exchange import CitationKeys  # its tables delay the first list

    claims = claims_in(connection)
    keys = CitationKeys((), claims=claims)
    return {key: cited for key in (claim.paper.key for claim in claims) if (cited := keys.known(key))}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Tell of the papers that have another citation key than before, and who has that now: documents may cite it.

    Args:
        before: what `citation_keys` returned then.
        after: what it returns now.
    """
    holders = {cited: key for key, cited in after.items()}
    others = [key for key, cited in before.items() if after.get(key, cited) != cited]
    told = []
    for key in others[:_TOLD]:
        was = before[key]
        rest = f"; {was} is that of {holders[was]}" if was in holders else f", not {was}"
        told.append(clean(f"the citation key of {key} is {after[key]} now{rest}"))
    if len(others) > _TOLD:
        more = len(others) - _TOLD
        told.append(
            f"{more:,} more {'paper has another citation key' if more == 1 else 'papers have other citation keys'} now"
        )
    return told
