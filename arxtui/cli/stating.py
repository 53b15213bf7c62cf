"""Papers with what was said of them, in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.output import columns, paper_line
from arxtui.core.exporting import json_line
from arxtui.core.papers import Paper
from arxtui.reading import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arxtui.reading import ReadingStore


def print_papers(store: ReadingStore, keys: Iterable[str], form: str | None) -> None:
    """Print papers, a line each, by their keys.

    Args:
        store: the reading lists, which know titles of papers that are or were on one.
        keys: keys of the papers.
        form: `ids`, `jsonl`, or `table` or None for a table of status, stars, date, key and title.
    """
    keys = sorted(keys)
    if form == "ids":
        for key in keys:
            print(key)
        return
    states, papers = store.states(keys), store.papers(keys)
    notes = store.notes_of() if form == "jsonl" else {}
    for key in keys:
        state = states.get(key, State())
        paper = papers.get(key) or Paper(key)
        if form == "jsonl":
            said = {**state._asdict(), "note": notes.get(key)}
            del said["noted"]
            print(json_line({"key": key, "title": paper.title, **said}))
        else:
            before = f"{state.status or '':8}{'*' * state.stars:5}  "
            print(
                paper_line(
                    paper.date,
                    key,
                    paper.title,
                    (paper.abstract or "")[: max(200, columns() or 0)],
                    before=before,
                )
            )
