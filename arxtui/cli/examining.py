"""What `arxtui doctor` looks at: versions, folders, settings, terminal, reading lists, index, the system's limits."""

from __future__ import annotations

import importlib.metadata
import locale
import os
import platform
import shlex
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import arxtui
from arxtui.cli.output import counted, is_terminal, size
from arxtui.library import LibraryError
from arxtui.library.checking import check_index, is_being_written
from arxtui.library.keeping import index_folder
from arxtui.library.kept import look_at
from arxtui.library.scanning import resolve_roots
from arxtui.reading import ReadingStore, StoreError
from arxtui.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LITTLE_SPACE = 100_000_000
"""Bytes free below which an index may not find room."""

OLDEST_SQLITE = (3, 37)
"""The first that has STRICT tables (https://sqlite.org/stricttables.html)."""

FEW_WATCHES = 8192
"""Folders that Linux let a user watch by default before 5.11; more than this is asked of it by no usual library."""

INOTIFY = Path("/proc/sys/fs/inotify")


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        name: what it is.
        text: how it is.
        remedy: what to do about it; empty where nothing is wrong.
    """

    name: str
    text: str
    remedy: str = ""


def versions() -> Iterator[Finding]:
    """The versions of the program and of what it stands on."""
    yield Finding("arxtui", arxtui.__version__)
    yield Finding("python", f"{platform.python_version()} on {platform.system()}")
    for name in ("textual", "tantivy", "rapidfuzz"):
        try:
            yield Finding(name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "not installed", "install arxtui again")
    old = sqlite3.sqlite_version_info < OLDEST_SQLITE
    wanted = ".".join(map(str, OLDEST_SQLITE))
    yield Finding(
        "sqlite", sqlite3.sqlite_version, f"use a Python with SQLite {wanted} or later" if old else ""
    )


def folders(data_dir: Path, cache_dir: Path) -> Iterator[Finding]:
    """Where things are kept, how much that is, and how much more finds room."""
    for name, folder, option in (
        ("data folder", data_dir, "--data-dir"),
        ("cache folder", cache_dir, "--cache-dir"),
    ):
        existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
        free = shutil.disk_usage(existing).free
        inside = f"{size(look_at(folder).bytes)} in it" if folder.exists() else "not made yet"
        remedy = ""
        if not (existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)):
            remedy = f"it cannot be written: allow yourself to, or name another with {option}"
        elif free < LITTLE_SPACE:
            remedy = "little space is left: free some"
        yield Finding(name, f"{folder}, {inside}, {size(free)} free", remedy)


def settings(file: Path) -> Iterator[Finding]:
    """The settings file, and what is wrong in it."""
    problems = load(file).problems
    if not problems:
        yield Finding("settings", str(file) if file.exists() else f"{file} is not there: all as by default")
    for problem in problems:
        what, _, remedy = problem.rpartition("; ")
        yield Finding("settings", what, remedy)


def terminal() -> Iterator[Finding]:
    """What the reader would be drawn on."""
    kind = os.environ.get("TERM", "")
    if not is_terminal(sys.stdout):
        yield Finding("terminal", "none: the output goes elsewhere")
    elif kind in ("", "dumb"):
        yield Finding(
            "terminal",
            f"TERM is {kind or 'not set'}",
            "set TERM to what your terminal is, xterm-256color say",
        )
    else:
        columns, lines = shutil.get_terminal_size()
        colours = os.environ.get("COLORTERM") or "not set"
        yield Finding("terminal", f"{columns} by {lines} cells, TERM {kind}, COLORTERM {colours}")
    encoding = locale.getencoding()
    utf8 = encoding.lower().replace("-", "") == "utf8"
    yield Finding("encoding", encoding, "" if utf8 else "set LANG to a UTF-8 locale, C.UTF-8 say")
    within = [
        word
        for word, variable in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_CONNECTION"))
        if os.environ.get(variable)
    ]
    yield Finding("within", ", ".join(within) or "neither tmux, screen nor ssh")


def reading_lists(path: Path) -> Iterator[Finding]:
    """The reading store; where there is none, none is made."""
    if not path.exists():
        yield Finding("reading lists", f"none yet; they will be in {path}")
        return
    try:
        with ReadingStore(path) as store:
            damage, lists, notes = store.check(), store.lists(archived=True), list(store.notes)
            lost = store.lost_records()
    except StoreError as error:
        yield Finding("reading lists", "cannot be used", str(error))
        return
    if damage:
        yield Finding(
            "reading lists", f"damaged: {damage[0]}", "start arxtui again: it restores the newest backup"
        )
        return
    entries = sum(info.size for info in lists)
    names, papers = counted(len(lists), "list"), counted(entries, "paper")
    if lost and not notes:
        notes.append("an older backup may have the records that are lost: arxtui backup load FILE")
    how = f"sound, but the records of {counted(lost, 'paper')} are lost" if lost else "sound"
    yield Finding("reading lists", f"{how}, {names} with {papers}", "; ".join(notes))


def index(places: Sequence[str], cache_dir: Path) -> Iterator[Finding]:
    """The index of some folders and files; where there is none, none is made."""
    try:
        roots = resolve_roots(places)
    except LibraryError as error:
        yield Finding("index", "cannot be looked for", str(error))
        return
    named = ", ".join(map(str, roots))
    folder = index_folder(roots, cache_dir)
    if not folder.exists():
        yield Finding("index", f"none yet of {named}")
        return
    problems = check_index(folder)
    for problem in problems:
        told, _, remedy = problem.rpartition(": ")
        yield Finding("index", f"{told} ({named})", remedy)
    if not problems:
        kept = look_at(folder)
        used = time.strftime("%Y-%m-%d %H:%M", time.localtime(kept.used))
        written = is_being_written(folder)
        state = "being written" if written else "sound"
        papers = "nothing read yet" if kept.papers is None else counted(kept.papers, "paper")
        left = ""
        if kept.unfinished and not written:
            again = shlex.join(map(str, roots))
            left = f", not all files are read yet: arxtui index {again}, or the reader, reads on"
        yield Finding("index", f"{state}, {papers}, {size(kept.bytes)}, last used {used}, of {named}{left}")


def limits() -> Iterator[Finding]:
    """How many folders may be watched for changes, where the system tells."""
    for name, least in (("max_user_watches", FEW_WATCHES), ("max_user_instances", 16)):
        try:
            number = int((INOTIFY / name).read_text())
        except (OSError, ValueError):
            continue  # no Linux, or not for us to know
        remedy = f"changes may not be seen by themselves: sudo sysctl fs.inotify.{name}={16 * least}"
        yield Finding(f"inotify {name}", f"{number:,}", remedy if number < least else "")
