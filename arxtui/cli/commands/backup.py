"""`arxtui backup`: copies of everything the user made; all of it as text, and back."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError, UsageError
from arxtui.cli.keeping import store_of
from arxtui.cli.output import counted, safe, say, size
from arxtui.cli.telling import tell
from arxtui.cli.writing import output_to
from arxtui.core.exporting import json_line
from arxtui.reading import ReadingStore

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping

_SQLITE = b"SQLite format 3\0"
"""How a backup begins (https://sqlite.org/fileformat2.html)."""


def run(arguments: argparse.Namespace) -> int:
    """See, make, write or read copies.

    Args:
        arguments: `command` says what to do; `file`, `output` and `format` with what.

    Returns:
        1 where a file that is read holds damaged lines, else 0.

    Raises:
        UsageError: the file to read does not exist.
        CommandError: the store or a file cannot be read or written.
    """
    with store_of(arguments, make=arguments.command not in ("ls", "dump")) as store:
        return COMMANDS[arguments.command](store, arguments)


def _ls(store: ReadingStore, arguments: argparse.Namespace) -> int:
    found = store.backups()
    for path in found:
        if arguments.format == "jsonl":
            print(json_line(_facts(path)))
        else:
            info = path.stat()
            made = time.strftime("%Y-%m-%d %H:%M", time.localtime(info.st_mtime))
            print(f"{size(info.st_size):>9}  {made}  {safe(str(path))}")
    if not found:
        say("no backups yet; one is made on each day on which something changes (now: arxtui backup now)")
    return 0


def _now(store: ReadingStore, arguments: argparse.Namespace) -> int:
    if arguments.file is not None and Path(arguments.file).resolve() == store.path.resolve():
        raise UsageError(f"{arguments.file} is the file that the backup is of")
    made = store.backup(None if arguments.file is None else Path(arguments.file))
    if arguments.format == "json":
        tell(arguments, f"made a backup in {made}", changed=True, **_facts(made))
    else:
        print(made)
    return 0


def _facts(backup: Path) -> dict[str, object]:
    info = backup.stat()
    made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(info.st_mtime))
    return {"path": str(backup), "bytes": info.st_size, "made": made}


def _restore(store: ReadingStore, arguments: argparse.Namespace) -> int:
    file = Path(arguments.file)
    if not file.exists():
        dated = [path for path in store.backups() if path.stem.endswith(f"-{arguments.file}")]
        # Those that were asked for on a day have its time in their name as well.
        dated = dated or [path for path in store.backups() if f"-{arguments.file}-" in path.stem]
        if not dated:
            raise UsageError(f"there is no file and no backup of {arguments.file} (see arxtui backup ls)")
        file = dated[0]
    if file.resolve() == store.path.resolve():
        raise UsageError(f"{arguments.file} is the file that backups are of")
    if file.is_file() and not _is_database(file):
        raise UsageError(f"{arguments.file} is no backup; what a dump holds is added by arxtui backup load")
    kept = store.restore(file)
    tell(arguments, f"restored {file}", path=str(file), kept=str(kept))
    say(f"what was there until now is kept: arxtui backup restore {shlex.quote(str(kept))}")
    return 0


def _dump(store: ReadingStore, arguments: argparse.Namespace) -> int:
    with output_to(arguments.output) as stream:
        for line in store.dump():
            stream.write(line)
    return 0


def _load(store: ReadingStore, arguments: argparse.Namespace) -> int:
    with _lines_of(arguments.file) as lines:
        done = store.load(lines)
    if done.damaged and not done.received + done.known:
        raise CommandError(
            f"{arguments.file} is neither a dump nor a backup of arxtui; papers are read by arxtui lists import"
        )
    known = f"; {done.known:,} were here already" if done.known else ""
    said = f"added {counted(done.received, 'change')}{known}"
    tell(arguments, said, changed=bool(done.received), **done._asdict())
    if done.damaged:
        say(f"{counted(done.damaged, 'line')} of {arguments.file} could not be read")
    return 1 if done.damaged else 0


def _is_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


@contextmanager
def _lines_of(file: str) -> Iterator[Iterable[str]]:
    """Open a dump, or a backup as if it were one."""
    if file == "-":
        yield sys.stdin
        return
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"no such file: {file}")
    if not _is_database(path):
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield lines
        return
    with tempfile.TemporaryDirectory(prefix="arxtui-") as folder:
        # A copy: opening a store of an older version would change it.
        copy = Path(shutil.copy(path, Path(folder) / path.name))
        with ReadingStore(copy) as other:
            for note in other.notes:
                say(f"{file}: {note}")
            yield other.dump()


COMMANDS: Mapping[str, Callable[[ReadingStore, argparse.Namespace], int]] = {
    "ls": _ls,
    "now": _now,
    "restore": _restore,
    "dump": _dump,
    "load": _load,
}
"""What runs each command behind `backup`."""
