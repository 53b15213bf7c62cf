"""Which ids of lists are one list.

Devices that do not know of each other may each make a list of one name. Those are one list, until one of them is renamed or put
away: that is done to the ids that the device knew to be one then, and to no other. So what one device has done with its list is
neither undone by a list that another one makes, nor done to it. All here is a function of what was said, in the order of the
ids of events, so that every device finds the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_LIST = "bookmarks"
"""The list that exists from the start, cannot go and is the default one at first. Its id is its name, on all devices."""


_MADE_BY = "#"


def id_of(name: str, event: str) -> str:
    """Return the id of a list that is about to be made: no other one has it, whatever else has that name.

    Args:
        name: its name.
        event: id of the event that makes it.
    """
    return f"{name}{_MADE_BY}{event}"


def name_in(row: str) -> str:
    """Return the name that the list of an id was made with."""
    return row.rpartition(_MADE_BY)[0] or row


class Made(NamedTuple):
    """A list was made.

    Attributes:
        event: id of the event.
        id: the list.
        name: the name it was made with.
    """

    event: str
    id: str
    name: str


class Said(NamedTuple):
    """Lists were renamed, put away or brought back.

    Attributes:
        event: id of the event.
        field: `name` or `archived`.
        value: the new name; None where they were brought back.
        ids: the lists.
    """

    event: str
    field: str
    value: str | None
    ids: frozenset[str]


@dataclass
class Group:
    """Ids that are one list.

    Attributes:
        ids: the ids, in the order of their making.
        name: its name, which another one may have as well.
        archived: it was put away.
        since: id of the event since which it is there under its name.
    """

    ids: list[str]
    name: str
    archived: bool
    since: str


def grouped(made: Iterable[Made], said: Iterable[Said]) -> list[Group]:
    """Find out which ids are one list.

    Args:
        made: the lists that are there.
        said: all that was said of them and counts; what is said of ids that are not there changes nothing.

    Returns:
        The lists in the order of their making, `bookmarks` first.
    """
    walk = _Walk()
    # What one event has made is there when the same event says something of it.
    steps: list[Made | Said] = [*made, *said]
    for step in sorted(steps, key=lambda step: (step.event, isinstance(step, Said), step[1])):
        if isinstance(step, Made):
            walk.make(step)
        else:
            walk.say(step)
    order = {row: place for place, row in enumerate(walk.of_id)}
    return sorted(walk.groups, key=lambda group: order[group.ids[0]])


@dataclass
class _Walk:
    """The lists as they are after some of the events."""

    groups: list[Group] = field(default_factory=list)
    of_id: dict[str, Group] = field(default_factory=dict)
    of_name: dict[str, list[Group]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.make(Made("", DEFAULT_LIST, DEFAULT_LIST))

    def make(self, step: Made) -> None:
        """Let an id be the list that has its name now, else one of its own."""
        group = next((each for each in self.of_name.get(step.name, ()) if not each.archived), None)
        if group is None:
            group = Group([], step.name, archived=False, since=step.event)
            self.groups.append(group)
            self.of_name.setdefault(step.name, []).append(group)
        group.ids.append(step.id)
        self.of_id[step.id] = group

    def say(self, step: Said) -> None:
        """Do to lists what was said of them."""
        for group in {id(each): each for row in sorted(step.ids) if (each := self.of_id.get(row))}.values():
            # Whatever another device says, bookmarks are there under their name.
            if group is not self.groups[0]:
                meant = self._meant(group, step.ids)
                if step.field == "name":
                    meant.name = step.value or meant.name
                else:
                    meant.archived = step.value is not None
                meant.since = step.event
                self.of_name.setdefault(meant.name, []).append(meant)

    def _meant(self, group: Group, ids: frozenset[str]) -> Group:
        """Return the part of a list that has some ids, out of `of_name`: all of it as a rule, else one that is new."""
        meant = [row for row in group.ids if row in ids]
        if len(meant) == len(group.ids):
            self.of_name[group.name].remove(group)
            return group
        group.ids = [row for row in group.ids if row not in ids]
        part = Group(meant, group.name, group.archived, group.since)
        self.groups.append(part)
        self.of_id |= dict.fromkeys(meant, part)
        return part
