"""The user's settings: a small TOML file, read once when the reader starts.

What is wrong in it is told with file, line and remedy, and the default holds in its place: a mistyped setting must keep nobody
from reading.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_SECONDS = 3600
"""Nobody looks at one paper for longer without a key; what is above is a slip."""


@dataclass(frozen=True)
class Reading:
    """The table `[reading]`.

    Attributes:
        mark_read_after: seconds with one paper in the paper pane, after which it counts as read; 0 is never.
    """

    mark_read_after: float = field(
        default=0,
        metadata={"says": "Seconds in the paper pane after which a paper counts as read; 0: never."},
    )

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            ValueError: a value is of another type or out of its range; the text says what it should be.
        """
        seconds = self.mark_read_after
        if type(seconds) not in (int, float) or not 0 <= seconds <= MOST_SECONDS:
            raise ValueError(f"a number of seconds from 0 to {MOST_SECONDS}")


@dataclass(frozen=True)
class Settings:
    """All settings, a table of the file each.

    Attributes:
        reading: how far papers are read.
    """

    reading: Reading = field(default_factory=Reading)


class Loaded(NamedTuple):
    """What a file of settings says.

    Attributes:
        settings: those that hold.
        problems: what is wrong in the file, `config.toml:3: problem; remedy` each, with the whole path.
    """

    settings: Settings
    problems: list[str]


def load(path: Path) -> Loaded:
    """Read the user's settings. Without the file all are as by default.

    Args:
        path: the file.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Loaded(Settings(), [])
    except OSError as error:
        problem = (
            f"{path}: cannot be read ({error.strerror}), so the defaults hold; allow yourself to read it"
        )
        return Loaded(Settings(), [problem])
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Loaded(
            Settings(), [f"{path}:{line}: this is no UTF-8, so the defaults hold; save it as UTF-8"]
        )
    # Imported here: few have such a file, and it would delay the first list.
    import tomllib

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, place = _divided(str(error), text)
        return Loaded(Settings(), [f"{path}:{place}: {what}, so the defaults hold; correct this line"])
    problems = list(_unknown(said))
    reading = Reading()
    given = said.get("reading", {})
    if isinstance(given, dict):
        for name in _names(Reading):
            if name in given:
                try:
                    reading = Reading(**{name: given[name]})
                except ValueError as error:
                    wrong = f"{name} must be {error}, so {getattr(reading, name)} holds; correct it"
                    problems.append((f"reading.{name}", wrong))
    return Loaded(
        Settings(reading), [f"{path}:{_line_of(where, text)}: {problem}" for where, problem in problems]
    )


def written(settings: Settings) -> str:
    """Write settings as a file that says the same, each with what it is for.

    Args:
        settings: the settings.
    """
    lines = []
    for table in fields(settings):
        lines.append(f"[{table.name}]")
        values = getattr(settings, table.name)
        for each in fields(values):
            lines += [f"# {each.metadata['says']}", f"{each.name} = {getattr(values, each.name)}"]
    return "\n".join(lines) + "\n"


def _names(table: type[Any]) -> list[str]:
    return [each.name for each in fields(table)]


def _unknown(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What stands in the file and is no setting: its place, `reading.name`, and what to tell."""
    for table, values in said.items():
        if table not in _names(Settings):
            known = _names(Reading)
            belongs = "; write it below [reading]" if table in known else _meant(table, _names(Settings))
            yield table, f"there is no {_kind(values)} {table}{belongs}"
        elif not isinstance(values, dict):
            yield table, f"{table} is a table; write [{table}] on a line of its own and the settings below it"
        else:
            known = _names(Reading)
            for name in values:
                if name not in known:
                    yield f"{table}.{name}", f"[{table}] has no setting {name}{_meant(name, known)}"


def _kind(values: object) -> str:
    return "table" if isinstance(values, dict) else "setting"


def _meant(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; there is {', '.join(known)}"


def _divided(message: str, text: str) -> tuple[str, int]:
    """Take the place out of a message of tomllib, which ends with `(at line 1, column 2)` or `(at end of document)`."""
    what, _, place = message.rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    return what[:1].lower() + what[1:], int(found[1]) if found else len(text.splitlines())


def _line_of(where: str, text: str) -> int:
    """Return the line on which a setting or its table stands, for tomllib does not say."""
    table, best = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.sub(r"[\s\"']", "", line.partition("#")[0])
        head = re.match(r"\[+([^\]]+)\]", bare)
        if head:
            table = f"{head[1]}."
        name = head[1] if head else table + bare.partition("=")[0]
        if name == where:
            return number
        if name == where.partition(".")[0]:
            best = number
    return best
