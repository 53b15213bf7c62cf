"""Files of other programs: read, taken in, and told of."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError, UsageError
from arxtui.cli.output import counted, safe, say, size
from arxtui.cli.progress import ProgressBar
from arxtui.cli.records import with_records
from arxtui.cli.telling import say_archived, tell
from arxtui.core.display import named
from arxtui.core.exchange import read
from arxtui.core.exchange.plain import plain
from arxtui.core.folding import words_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from arxtui.reading import Filled, ReadingStore, TakenIn

VIEWER = "arxiv-subscription-viewer"
"""The one format whose files are divided into lists, and may note papers that are on none."""

_OURS = (b'{"arxtui":', b"SQLite format 3\0")
"""How a dump and a backup begin."""


_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS_IN_TEXT = 0.01
"""The share of control characters from which on a file is no text: a stray one is no reason to refuse the rest."""

_TOLD = 10
"""Lines that could not be used which are told one by one."""


def import_file(store: ReadingStore, arguments: argparse.Namespace) -> int:
    """Take in a file of another program and tell what came of it.

    Args:
        store: the reading lists.
        arguments: `file`, `list` (or None) and `cache_dir`.

    Returns:
        1 where anything in the file could not be used as it stands, else 0.

    Raises:
        UsageError: no list was named for standard input.
        CommandError: the file cannot be read, is no text, or is a dump or a backup of ours.
    """
    data = bytes_of(arguments.file)
    if data.startswith(_OURS):
        raise CommandError(
            f"{arguments.file} holds everything of a reading store: arxtui backup load {arguments.file}"
        )
    shown = "standard input" if arguments.file == "-" else arguments.file
    if _is_binary(data):
        raise CommandError(
            f"{shown} is no text; nothing was changed. Export from the other program as BibTeX, RIS or CSL-JSON"
        )
    # A pipe, /dev/stdin say, has no name that a list could have.
    name = Path(arguments.file).name if Path(arguments.file).is_file() else ""
    with ProgressBar(f"reading {shown}, {size(len(data))}"):
        imported = read(data, name)
    wanted = arguments.list
    if wanted is None and imported.format != VIEWER:
        if not name:
            raise UsageError(
                f"name the list for what stands in {shown}: arxtui lists import {arguments.file} LIST"
            )
        wanted = Path(name).stem
    titles = {each.paper.key: each.paper.title for each in imported.references if each.paper.title}
    papers = with_records((each.paper for each in imported.references), store, arguments, warn=False)
    known = zip(imported.references, papers, strict=True)
    imported = imported._replace(references=tuple(each._replace(paper=paper) for each, paper in known))
    refused: tuple[str, ...] = ()
    if not imported.is_empty:
        with ProgressBar(f"adding {counted(len(papers), 'paper')}"):
            done = store.take_in(imported, name or shown, wanted)
        refused = done.refused
        _tell(arguments, done)
        say_archived(store, [each.name for each in done.lists])
        _tell_titles(store, titles)
        for message in done.told[:_TOLD]:
            say(safe(message))
        if len(done.told) > _TOLD:
            say(f"and {len(done.told) - _TOLD:,} more")
    for message in refused:
        say(message)
    for line, message, _ in imported.problems[:_TOLD]:
        # As `arxtui check` and compilers have it, so that editors find the line.
        print(f"{safe(shown)}:{line}: {safe(message)}", file=sys.stderr)
    if len(imported.problems) > _TOLD:
        say(f"and {len(imported.problems) - _TOLD:,} more")
    if imported.is_empty:
        raise CommandError(f"{shown}: no paper in it; nothing was changed")
    lost = sum(problem.lost for problem in imported.problems)
    if lost:
        say(f"{counted(lost, 'line')} of {shown} could not be used, or not as it stands; see above")
    return 1 if lost or refused else 0


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return not data.startswith(_UTF16) and controls > _CONTROLS_IN_TEXT * len(data)


def _tell(arguments: argparse.Namespace, done: TakenIn) -> None:
    others = ", ".join(_others(done))
    lines = [*map(_filled, done.lists), *filter(None, [others])]
    changed = bool(others) or any(each.added or each.new for each in done.lists)
    facts = done._asdict() | {"lists": [each._asdict() for each in done.lists]}
    tell(arguments, "\n".join(lines) or "nothing new", changed=changed, **facts)


def _tell_titles(store: ReadingStore, titles: dict[str, str]) -> None:
    """Tell of papers that are known by another title than the file has: somebody may have mended it there."""
    known = store.papers(titles)
    others = [
        key
        for key, title in titles.items()
        if key in known and _read(known[key].title) not in ([], _read(title))
    ]
    if others:
        are = f"{others[0]} is" if len(others) == 1 else f"{len(others):,} papers are"
        say(f"{are} known with another title than here; what is in the files or was kept first counts")


def _read(title: str | None) -> list[str]:
    """What is read of a title, however its accents and formulas are written."""
    return words_of(plain(title or ""))


def _filled(each: Filled) -> str:
    there = f"; {each.there:,} there already" if each.there else ""
    added = counted(each.added, "paper")
    return (
        f"made the list {named(each.name)} and added {added} to it{there}"
        if each.new
        else f"added {added} to {named(each.name)}{there}"
    )


def _others(done: TakenIn) -> Iterator[str]:
    if done.tagged:
        yield f"tagged {counted(done.tagged, 'paper')}"
    if done.noted:
        yield f"wrote {counted(done.noted, 'note')}"
    if done.read:
        yield f"counted {counted(done.read, 'paper')} as read"
    if done.starred:
        yield f"gave {counted(done.starred, 'paper')} a star"
    if done.cited:
        yield f"kept {counted(done.cited, 'citation key')}"
    if done.searches:
        yield f"saved {done.searches:,} search{'es' * (done.searches != 1)}"
    if done.marks:
        yield f"marked {counted(done.marks, 'paper')}"


def bytes_of(file: str) -> bytes:
    """Return what is in a file.

    Args:
        file: its name; `-` is standard input.

    Raises:
        UsageError: there is no such file.
        CommandError: it cannot be read.
    """
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"no such file: {file}") from error
    except OSError as error:
        raise CommandError(f"{safe(file)} cannot be read: {error.strerror}") from error
