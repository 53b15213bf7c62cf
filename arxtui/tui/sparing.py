"""What the terminal is sent: only what it does not show yet, in few bytes.

Textual paints a widget as a whole whenever anything about it may have changed: at the start the whole window four times
over, 57 kB where one screen has 8, and with each layout all scroll bars. Over a slow line that is seconds.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console
    from rich.style import Style

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends bold, dim, italic, underlined, reversed and struck out (ECMA-48, 8.3.117)."""
_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})


class Look(NamedTuple):
    """How text looks, in the parameters of SGR sequences.

    Attributes:
        marks: bold, underlined and the like.
        ink, paper: the colours; empty for the terminal's own.
        link: where a click leads, empty for nowhere.
    """

    marks: frozenset[str] = frozenset()
    ink: str = ""
    paper: str = ""
    link: str = ""


class Run(NamedTuple):
    """Text of one look."""

    text: str
    look: Look


PLAIN = Look()


Cell = tuple[str, Look]
"""A letter with all that is set above it; of a wide letter, the second cell is empty."""


class Shown:
    """What the terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Cell | None]] = {}

    def forget(self) -> None:
        """Something else may have written to the terminal, or it has another size: paint all."""
        self._lines.clear()

    def changes(self, update: LayoutUpdate | ChopsUpdate, console: Console) -> str:
        """What to send so that the terminal shows an update as well.

        Args:
            update: what Textual would paint.
            console: which knows how many colours there are.
        """
        colours = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001  as `Strip.render` asks for it
        pen = _Pen()
        for x, y, strip in _strips(update):
            self._put(x, y, strip.cell_length, tuple(_runs(strip, colours)), pen)
        return pen.done()

    def _put(self, x: int, y: int, width: int, runs: tuple[Run, ...], pen: _Pen) -> None:
        new, line = _cells(runs), self._lines.setdefault(y, [])
        end = x + width
        if len(new) != width:  # letters that go together, flags say, are narrower than each by itself
            line[x:end] = [None] * width
            pen.write(x, y, runs)
            return
        line.extend([None] * (end - len(line)))
        old = line[x:end]
        if old == new:
            return
        line[x:end] = new
        # Of how wide other letters are, terminals think differently: where there are such, all is written.
        if all(cell is not None and cell[0].isascii() and cell[0] for cell in old) and all(
            run.text.isascii() for run in runs
        ):
            first, last = 0, len(new)
            while old[first] == new[first]:
                first += 1
            while old[last - 1] == new[last - 1]:
                last -= 1
            x, runs = x + first, _together(new[first:last])
        pen.write(x, y, runs)


class SparingUpdate(CompositorUpdate):
    """An update that leaves out what is shown already. It is worked out when it is sent, for some never are.

    Args:
        shown: what the terminal shows.
        update: what is to be shown.
    """

    def __init__(self, shown: Shown, update: LayoutUpdate | ChopsUpdate) -> None:
        self._shown, self._update = shown, update

    @classmethod
    def of(cls, shown: Shown, update: object) -> SparingUpdate | None:
        """The same for what is about to be painted, whatever it is; None where it is to be painted as it stands."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            return cls(shown, update)
        if update is not None:
            shown.forget()
        return None

    def render_segments(self, console: Console) -> str:
        """The bytes for the terminal, as text."""
        return self._shown.changes(self._update, console)


def _strips(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Column, line and text of each piece of an update, as its own `render_segments` goes through them."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip
                x += strip.cell_length
    else:
        for y, first, last in update.spans:
            for end, (x, part) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if part is not None and x <= last and end > first:
                    yield x, y, part if end <= last else part.crop(0, last - x)


def _runs(strip: Strip, colours: ColorSystem) -> Iterator[Run]:
    """The text of a strip by looks; neighbours of one look are put together."""
    text, look = "", PLAIN
    for segment in strip:
        if not segment.text or segment.control:
            continue
        new = PLAIN if segment.style is None else _look(segment.style, colours)
        if segment.text.isspace() and not new.marks & _SEEN_ON_BLANKS:
            new = Look(paper=new.paper, link=new.link)
        if new != look:
            if text:
                yield Run(text, look)
            text, look = "", new
        text += segment.text
    if text:
        yield Run(text, look)


@lru_cache(maxsize=4096)
def _look(style: Style, colours: ColorSystem) -> Look:
    marks, ink, paper = set(), "", ""
    parameters = iter(filter(None, Strip.render_ansi(style, colours).split(";")))
    for parameter in parameters:
        if parameter in ("38", "48"):
            kind = next(parameters)
            colour = ";".join([parameter, kind, *(next(parameters) for _ in range(3 if kind == "2" else 1))])
            ink, paper = (colour, paper) if parameter == "38" else (ink, colour)
        elif parameter[:-1] in ("3", "9"):
            ink = parameter
        elif parameter[:-1] in ("4", "10"):
            paper = parameter
        else:
            marks.add(parameter)
    return Look(frozenset(marks), ink, paper, style.link or "")


def _together(cells: Sequence[Cell]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(letter for letter, _ in same), look) for look, same in groupby(cells, key=itemgetter(1))
    )


def _cells(runs: Iterable[Run]) -> list[Cell]:
    cells: list[Cell] = []
    for text, look in runs:
        if text.isascii():
            cells += [(letter, look) for letter in text]
            continue
        for letter in text:
            width = cell_len(letter)
            if width:
                cells += [(letter, look), *[("", look)] * (width - 1)]
            elif cells:
                place = -1 if cells[-1][0] else -2
                cells[place] = (cells[place][0] + letter, look)
    return cells


class _Pen:
    """Writes with as few sequences as it takes, and leaves the terminal's look plain."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._look = PLAIN
        self._place: tuple[int, int] | None = None

    def write(self, x: int, y: int, runs: Sequence[Run]) -> None:
        """Write text at a place."""
        if not runs:
            return
        if self._place != (x, y):
            self._sent.append(f"\x1b[{y + 1};{x + 1}H")
        for text, look in runs:
            self._change(look, blank=text.isspace())
            self._sent.append(text)
            x += len(text)
        self._place = (x, y) if all(text.isascii() for text, _ in runs) else None

    def done(self) -> str:
        """All that was written."""
        if self._look != PLAIN:
            self._change(PLAIN, blank=False)
        return "".join(self._sent)

    def _change(self, look: Look, *, blank: bool) -> None:
        now = self._look
        if blank and not (now.marks | look.marks) & _SEEN_ON_BLANKS:
            look = look._replace(marks=now.marks, ink=now.ink)
        if look == now:
            return
        if look.link != now.link:
            self._sent.append(f"\x1b]8;;{look.link}\x1b\\")
        gone, parameters = now.marks - look.marks, sorted(look.marks - now.marks)
        ended = {_OFF.get(mark, "0") for mark in gone}
        if "0" in ended or any(_OFF.get(mark) in ended for mark in look.marks & now.marks):
            parameters = ["0", *sorted(look.marks), look.ink, look.paper]
        else:
            parameters = [*sorted(ended), *parameters]
            if look.ink != now.ink:
                parameters.append(look.ink or "39")
            if look.paper != now.paper:
                parameters.append(look.paper or "49")
        if parameters:
            self._sent.append(f"\x1b[{';'.join(filter(None, parameters))}m")
        self._look = look
