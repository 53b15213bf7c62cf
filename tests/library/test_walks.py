"""After any sequence of changes to a folder, the index is what it would be if it were made from scratch."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arxtui.core.exporting import to_json
from arxtui.library import Library, Place, orders

from .texts import SAMPLES

Opening = Callable[..., Library]

NAMES = [f"{folder}{name}.txt" for folder in ("", "a/", "a/b/", "c/") for name in ("1", "2", "3")]


def some_text(rng: random.Random) -> str:
    """A file with some of the papers in some state; few enough papers that files share them."""
    parts = []
    for _ in range(rng.randrange(1, 5)):
        paper = rng.choice(SAMPLES)
        kind = rng.randrange(9)
        if kind < 3:
            comments = rng.choice(["", "3 pages", "in German"])
            updated = rng.choice(["", "2025-08-01", "2026-01-01"])
            version = rng.choice(["", "v1", "v2"])
            parts.append(paper.record(comments=comments, updated=updated, version=version, titled=kind > 0))
        elif kind < 6:
            parts.append(
                paper.inline(comments=rng.choice(["", "9 pages"]), version=rng.choice(["", "v3"])) + "\n\n"
            )
        elif kind == 6:
            parts.append(paper.bare())
        elif kind == 7:
            parts.append(paper.bare().replace("the", "thee", 1))
        else:
            parts.append(
                rng.choice(
                    [
                        "A note.\n\n",
                        paper.abstract[:130] + "\n\n",
                        "arXiv:2513.00001\nCreated: 2025-07-01\n\n",
                    ]
                )
            )
    return "".join(parts)


def change_something(rng: random.Random, folder: Path) -> str:
    """Do one thing that people do to files; returns what, for the message of a failing test."""
    present = [path for path in sorted(folder.rglob("*.txt")) if path.is_file()]
    target = folder / rng.choice(NAMES)
    target.parent.mkdir(parents=True, exist_ok=True)
    what = rng.choice(
        ["write", "write", "delete", "rename", "rename", "swap", "touch", "append", "cut", "copy", "folder"]
    )
    if what == "write" or not present:
        target.write_text(some_text(rng))
        return f"write {target.name}"
    one, other = rng.choice(present), rng.choice(present)
    if what == "delete":
        one.unlink()
    elif what == "rename":
        one.rename(target)
    elif what == "swap":
        held = one.read_bytes(), other.read_bytes()
        other.write_bytes(held[0])
        one.write_bytes(held[1])
    elif what == "touch":
        os.utime(one, (rng.randrange(10**9), 1))
    elif what == "append":
        with one.open("a") as file:
            file.write("\n\n" + some_text(rng))
    elif what == "cut":
        os.truncate(one, one.stat().st_size * 2 // 3)
    elif what == "copy":
        target.write_bytes(one.read_bytes())
    elif what == "folder" and (folder / "a").is_dir() and not (folder / "d").exists():
        (folder / "a").rename(folder / "d")
    return f"{what} {one.relative_to(folder)}"


def everything(library: Library) -> dict[str, Any]:
    """All that a library tells, in a form that does not depend on how it came to know it."""
    rows = {row.key: row for row in library.search("")}
    state: dict[str, Any] = {
        "counts": library.counts(),
        "rows": rows,
        "papers": {key: library.paper(key) for key in rows},
        "json": [to_json(library.paper(key)) for key in sorted(rows)],
        "problems": sorted(library.problems()),
    }
    for sort in ("date", "-date", "title", "id", "-updated", "occurrences"):
        results = library.search("", sort=sort)
        found = list(results.keys())
        state[f"sorted by {sort}"] = (results.total, found)
        few = library.search("", sort=sort, limit=3)
        assert (few.total, list(few.keys())) == (results.total, found[:3]), sort
    for query in ("sand", "clocks wall", "thee", "ada", "schrod", "9 pages", "2507", "2507.00001", "the a"):
        results = library.search(query)
        state[f"found {query}"] = (results.total, sorted(results.keys()))
    places = [Place(0, "")]
    while places:
        place = places.pop()
        nodes = library.children(place)
        places += [node.place for node in nodes if node.is_folder]
        state[f"nodes of {place.path}"] = nodes
        state[f"papers of {place.path}"] = sorted(library.search("", place=place).keys())
        state[f"sand in {place.path}"] = sorted(library.search("sand", place=place).keys())
    return state


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_changes(
    seed: int, folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
):
    if seed % 2:
        monkeypatch.setattr(orders, "KEPT_FROM", 0)  # as the orders of big libraries are
    rng = random.Random(seed)  # noqa: S311  the same walk at every run
    library = open_here()
    history: list[str] = []
    for step in range(6):
        history += [change_something(rng, folder) for _ in range(rng.randrange(1, 6))]
        if rng.random() < 0.3:
            library.close()
            library = open_here()
        library.refresh()
        history.append("refresh")
        anew = open_here(cache_dir=tmp_path / f"anew{step}")
        anew.refresh()
        known, expected = everything(library), everything(anew)
        assert known.keys() == expected.keys(), history
        for name, value in expected.items():
            assert known[name] == value, (name, history)
        anew.close()
        assert not library.refresh().changed_anything, history
