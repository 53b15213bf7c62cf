"""Text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arxtui.cli.errors import CommandError
from arxtui.cli.output import whole
from arxtui.interrupts import left_to_child

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def edited(text: str, name: str) -> Iterator[str]:
    """Let the user edit text; gives what it is then, without line ends at its end.

    Where what is done with it fails, the file that was edited stays, and the message says where.

    Args:
        text: what to begin with.
        name: what the file is called, for the editor's title line.

    Raises:
        CommandError: there is no such editor or it failed; or what was done with the text failed.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    # A folder of its own, which nobody else can read.
    folder = Path(tempfile.mkdtemp(prefix="arxtui-"))
    file = folder / f"{name.replace('/', '-').replace(':', '-')}.txt"
    file.write_text(text and f"{text}\n", encoding="utf-8")
    try:
        _run([*command, str(file)])
        yield whole(_text_of(file), "what the editor wrote")
    except Exception as error:
        if _text_of(file) == text:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        raise CommandError(f"{error}. What you wrote is in {file}") from error
    shutil.rmtree(folder, ignore_errors=True)


def _text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="surrogateescape").rstrip("\r\n") if file.exists() else ""


def _run(command: list[str]) -> None:
    try:
        with left_to_child():
            code = subprocess.run(command, check=False).returncode
    except OSError as error:
        raise CommandError(
            f"the editor {command[0]} cannot be started ({error.strerror}): set EDITOR to one that can"
        ) from error
    if code:
        raise CommandError(f"the editor {command[0]} ended with code {code}; the note was not changed")
