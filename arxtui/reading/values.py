"""What the store tells of: lists, entries, papers, searches, the past."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from arxtui.core.exporting import from_json, to_json
from arxtui.core.papers import Paper
from arxtui.reading.changes.values import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from arxtui.reading.changes.values import Words


@dataclass(frozen=True)
class ListInfo:
    """A reading list.

    Attributes:
        name: its name.
        size: the number of its entries.
        description: what it is for, in the user's words.
        archived: it was put away.
        sort: how it is sorted, one of `SORTS`, with `-` in front the other way round.
        id: by what the store finds it again, whatever it is called then.
    """

    name: str
    size: int
    description: str = ""
    archived: bool = False
    sort: str = "hand"
    id: str = field(default="", compare=False)


@dataclass(frozen=True)
class ListEntry:
    """An entry of a reading list.

    Attributes:
        key: key of the paper.
        added: when it was added, as ISO date and time in UTC.
        record: the paper as it was then, as JSON; empty where it was added by its key alone.
    """

    key: str
    added: str
    record: str = ""

    @cached_property
    def paper(self) -> Paper:
        """The paper as it was then; only its key is set where it was added by that alone."""
        return paper_from(self.key, self.record)

    def changed_since(self, current: Paper) -> tuple[str, ...]:
        """Tell what is different now.

        Args:
            current: the paper as the library has it.

        Returns:
            The names of the fields that were known when it was added and say something else now; none where it was
            added by its key alone. What is not told now has not changed: the record may be that of a reference manager,
            with a DOI.
        """
        if not self.record:
            return ()
        # As they are written: to make a paper of a record and take it apart again costs more than all the rest.
        then, now = json.loads(self.record), to_json(current)
        return tuple(name for name in _TOLD if then[name] and now[name] and then[name] != now[name])


_TOLD = (
    "version",
    "authors",
    "categories",
    "title",
    "abstract",
    "comments",
    "doi",
    "journal_ref",
    "created",
    "updated",
)


def paper_from(key: str, record: str) -> Paper:
    """Return a paper of its kept record.

    Args:
        key: key of the paper.
        record: JSON, or empty.
    """
    return from_json(json.loads(record), key) if record else Paper(key)


class TagInfo(NamedTuple):
    """A tag.

    Attributes:
        name: its name.
        size: the number of papers that have it.
    """

    name: str
    size: int


class State(NamedTuple):
    """What is said of a paper.

    Attributes:
        status: one of `STATUSES`, or None where nothing was said.
        stars: 0 to 5.
        tags: by name.
        noted: there is a note.
        lists: names of the lists that hold it and are not archived, in the order of `lists()`.
    """

    status: str | None = None
    stars: int = 0
    tags: tuple[str, ...] = ()
    noted: bool = False
    lists: tuple[str, ...] = ()


class Note(NamedTuple):
    """A note on a paper.

    Attributes:
        key: key of the paper.
        text: plain text; empty where there is none. Where two devices wrote at the same time, both texts with a line between.
        versions: ids of the events that wrote it, the last one last.
    """

    key: str
    text: str
    versions: tuple[str, ...] = ()

    def has_more_than(self, text: str) -> bool:
        """Tell whether another text than the one that was just written is in it: written elsewhere meanwhile, and kept.

        Args:
            text: what was written; empty where the note was removed.
        """
        return len(self.versions) > bool(text) and self.text != text

    def after(self, text: str) -> Note:
        """Return what who goes on writing has before them: their own text, so that another one that is kept beside it stays.

        Args:
            text: what they have just written.
        """
        if not self.has_more_than(text):
            return self
        return Note(self.key, text, self.versions[-1:] if text else ())


@dataclass(frozen=True)
class SavedSearch:
    """A saved search.

    Attributes:
        name: its name.
        query: what is searched.
        key: the digit 1 to 9 that runs it, or None.
        id: by what the store finds it again, whatever it is called then.
    """

    name: str
    query: str
    key: int | None = None
    id: str = field(default="", compare=False)


class Past(NamedTuple):
    """A change in the history.

    Attributes:
        id: id of its event.
        time: when it was made, as ISO date and time in UTC.
        here: it was made on this device.
        device: id of the device.
        words: what it did, in pieces; a tuple has the keys of papers, few enough to be named.
        undone: it counts no more.
    """

    id: str
    time: str
    here: bool
    device: str
    words: Words
    undone: bool

    @property
    def text(self) -> str:
        """What it did: `removed 12 papers from flow matching`."""
        return text_of(self.words)

    @property
    def papers(self) -> tuple[str, ...]:
        """Keys of the papers it is about, where these can be named."""
        return tuple(key for piece in self.words if isinstance(piece, tuple) for key in piece)


class Synced(NamedTuple):
    """What a sync did.

    Attributes:
        sent: number of events written for other devices.
        received: number of events of others that are new here.
        files: number of files of the folder that were looked at.
        damaged: number of lines that could not be read.
        notes: what the user should know of, each a sentence.
    """

    sent: int
    received: int
    files: int
    damaged: int
    notes: tuple[str, ...] = ()


class Restored(NamedTuple):
    """What going back to a backup did.

    Attributes:
        kept: where what was there until then is kept; restoring that undoes it.
        coming: number of changes that the backup lacks and the next sync brings back.
        folders: the folders that hold them.
    """

    kept: Path
    coming: int = 0
    folders: tuple[str, ...] = ()


class Loaded(NamedTuple):
    """What reading an export did.

    Attributes:
        received: number of events that are new here.
        known: number of those that were there already.
        damaged: number of lines that could not be read.
    """

    received: int
    known: int
    damaged: int


class Filled(NamedTuple):
    """What an import did to a list.

    Attributes:
        name: name of the list.
        added: number of papers that were added.
        there: number of those that it held already.
        new: it was made.
    """

    name: str
    added: int
    there: int
    new: bool


class TakenIn(NamedTuple):
    """What an import did.

    Attributes:
        lists: the lists that papers were for.
        tagged: number of papers that got a tag.
        noted: number of papers whose note was written or grew.
        read: number of papers that count as read now.
        starred: number of papers that got a star.
        cited: number of papers that have the citation key of the file from now on.
        searches: number of saved searches that were added.
        marks: number of papers that were marked. Marks are changes of their own, for they stay on this device.
        told: what was not kept as the file has it, for something else is said here already; each a sentence.
        refused: what could not be kept, each a sentence.
    """

    lists: tuple[Filled, ...] = ()
    tagged: int = 0
    noted: int = 0
    read: int = 0
    starred: int = 0
    cited: int = 0
    searches: int = 0
    marks: int = 0
    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
