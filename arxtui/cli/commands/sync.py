"""`arxtui sync`: exchange changes with other machines through a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtui.cli.keeping import store_of
from arxtui.cli.output import counted, say
from arxtui.cli.progress import ProgressBar
from arxtui.cli.telling import tell

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Send what is new here, receive what is new there, and say how much.

    Args:
        arguments: `folder`, `format`.

    Returns:
        1 where lines in the folder could not be read, else 0.

    Raises:
        CommandError: there is no such folder, or it cannot be read or written.
    """
    with store_of(arguments) as store, ProgressBar(f"exchanging changes with {arguments.folder}"):
        done = store.sync(arguments.folder)
    said = f"sent {counted(done.sent, 'change')} to {arguments.folder}, received {done.received:,}"
    tell(arguments, said, changed=bool(done.sent or done.received), **done._asdict())
    if done.damaged:
        say(
            f"{counted(done.damaged, 'line')} could not be read, so what they say is missing: "
            "a file may still be on its way; sync again later"
        )
    for note in done.notes:
        say(note)
    return 1 if done.damaged else 0
