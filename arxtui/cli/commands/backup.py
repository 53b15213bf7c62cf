"""`arxtui backup`: copies of everything the user made; all of it as text, and back."""

from __future__ import annotations

import re
import shlex
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError, UsageError
from arxtui.cli.importing import bytes_of
from arxtui.cli.keeping import store_of
from arxtui.cli.output import counted, safe, say, size
from arxtui.cli.progress import ProgressBar
from arxtui.cli.telling import tell
from arxtui.cli.writing import output_to
from arxtui.core.exporting import json_line
from arxtui.reading import ReadingStore, backups

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping

_SQLITE = b"SQLite format 3\0"
"""How a backup begins (https://sqlite.org/fileformat2.html)."""


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


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
        file = _named(store, arguments.file)
    if file.resolve() == store.path.resolve():
        raise UsageError(f"{arguments.file} is the file that backups are of")
    if file.is_file() and not _is_database(file):
        raise UsageError(f"{arguments.file} is no backup; what a dump holds is added by arxtui backup load")
    follows = file.resolve() == backups.today(store.path).resolve()
    done = store.restore(file)
    tell(arguments, f"restored {file}", path=str(file), kept=str(done.kept), coming=done.coming)
    if follows:
        say("that one follows each change of today; what was so before today is in an older one")
    say(f"what was there until now is kept: arxtui backup restore {shlex.quote(str(done.kept))}")
    if done.coming:
        say(
            f"the next sync with {' or '.join(done.folders)} brings back {counted(done.coming, 'change')} that this backup lacks: "
            "take back then what you do not want, arxtui undo CHANGE (arxtui history shows them)"
        )
    return 0


def _named(store: ReadingStore, name: str) -> Path:
    """Return the backup that a date, or as much of its name as tells it apart, means."""
    found = store.backups()
    stems = (name, f"{store.path.stem}-{name}")
    exact = [path for path in found if path.name == name or path.stem in stems]
    # All that were made on a day have its date in their names, and which of them is meant is not for us to guess.
    fitting = [path for path in found if f"-{name}-" in f"{path.stem}-"]
    if exact and not (_DATE.fullmatch(name) and len(fitting) > 1):
        return exact[0]
    if not fitting:
        raise UsageError(f"there is no file and no backup of {name} (see arxtui backup ls)")
    if len(fitting) > 1:
        names = ", ".join(path.name for path in fitting)
        raise UsageError(f"several backups are of {name}; name one of them: {names}")
    return fitting[0]


def _dump(store: ReadingStore, arguments: argparse.Namespace) -> int:
    with output_to(arguments.output) as stream:
        for line in store.dump():
            stream.write(line)
    return 0


def _load(store: ReadingStore, arguments: argparse.Namespace) -> int:
    shown = "standard input" if arguments.file == "-" else arguments.file
    with _lines_of(arguments.file) as lines, ProgressBar(f"adding what {shown} holds"):
        done = store.load(lines)
    if done.damaged and not done.received + done.known:
        raise CommandError(
            f"{shown} is neither a dump nor a backup of arxtui; papers are read by arxtui lists import"
        )
    if not any(done):
        raise CommandError(f"{shown} is empty; nothing was added")
    known = f"; {done.known:,} were here already" if done.known else ""
    said = f"added {counted(done.received, 'change')}{known}"
    tell(arguments, said, changed=bool(done.received), **done._asdict())
    if done.damaged:
        say(f"{counted(done.damaged, 'line')} of {shown} could not be read")
    return 1 if done.damaged else 0


def _is_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


@contextmanager
def _lines_of(file: str) -> Iterator[Iterable[str]]:
    """Open a dump, or a backup as if it were one."""
    path = Path(file)
    if file != "-" and (not path.exists() or path.is_dir()):
        raise UsageError(f"no such file: {file}")
    with tempfile.TemporaryDirectory(prefix="arxtui-") as folder:
        if file == "-" or not path.is_file():
            # Of a pipe nothing can be looked at beforehand: what comes out of it is put into a file.
            path = Path(folder) / "piped"
            path.write_bytes(bytes_of(file))
        if not _is_database(path):
            with path.open(encoding="utf-8", errors="replace") as lines:
                yield lines
            return
        # A copy: opening a store of an older version would change it.
        copy = Path(shutil.copy(path, Path(folder) / f"{path.stem}.sqlite3"))
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
