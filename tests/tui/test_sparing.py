"""The terminal shows what Textual would have painted, at a fraction of the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from arxtui.tui.sparing import Shown, SparingUpdate

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH, HEIGHT = 24, 3
CONSOLE = Console(color_system="truecolor", force_terminal=True, width=WIDTH)

Update = LayoutUpdate | ChopsUpdate

styles = st.builds(
    Style,
    color=st.sampled_from([None, "#102030", "#405060", "red", "bright_blue"]),
    bgcolor=st.sampled_from([None, "#000000", "#ffffff", "green"]),
    bold=st.booleans(),
    dim=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
)
texts = st.text(st.sampled_from("ab   .é漢…"), max_size=9)


@st.composite
def strips(draw: st.DrawFn, width: int) -> Strip:
    few = draw(st.lists(styles, min_size=1, max_size=2))
    segments = [Segment(draw(texts), draw(st.sampled_from(few))) for _ in range(draw(st.integers(0, 3)))]
    return Strip(segments).adjust_cell_length(width, draw(st.sampled_from(few)))


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[int], Mapping[int, Strip | None]]:
    cuts = sorted(draw(st.sets(st.integers(1, WIDTH - 1), max_size=3)))
    starts, ends = [0, *cuts], [*cuts, WIDTH]
    return ends, {start: draw(strips(end - start)) for start, end in zip(starts, ends, strict=True)}


@st.composite
def updates(draw: st.DrawFn) -> Update:
    drawn = [draw(lines()) for _ in range(HEIGHT)]
    if draw(st.booleans()):
        whole = [[strip for strip in chops.values() if strip is not None] for _, chops in drawn]
        return LayoutUpdate(whole, Region(0, 0, WIDTH, HEIGHT))
    spans = []
    for y in sorted(draw(st.sets(st.integers(0, HEIGHT - 1), min_size=1))):
        ends, chops = drawn[y]
        first = draw(st.sampled_from(list(chops)))
        spans.append((y, first, draw(st.sampled_from([end for end in ends if end > first]))))
    return ChopsUpdate([chops for _, chops in drawn], spans, [ends for ends, _ in drawn])


class Terminal:
    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self.screen)

    def feed(self, text: str) -> None:
        self._stream.feed(text)

    @property
    def shown(self) -> list[list[object]]:
        """All cells as they look: of a blank only its background, and what goes through or below it."""
        return [[self._look(self.screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]

    @staticmethod
    def _look(cell: pyte.screens.Char) -> object:
        if cell.data == " " and not cell.underscore and not cell.reverse:
            return cell.bg
        return cell


@given(st.lists(updates(), min_size=1, max_size=4))
def test_it_shows_what_would_have_been_painted(painted: list[Update]) -> None:
    plain, sparing, shown = Terminal(), Terminal(), Shown()
    for update in painted:
        plain.feed(update.render_segments(CONSOLE))
        sent = shown.changes(update, CONSOLE)
        sparing.feed(sent)
        assert sparing.shown == plain.shown, repr(sent)
        assert shown.changes(update, CONSOLE) == "", "what is there is not sent again"
    sparing.feed("\x1b[1;1Hx")
    cell = sparing.screen.buffer[0][0]
    assert (cell.fg, cell.bg, cell.bold, cell.reverse) == ("default", "default", False, False), (
        "it ends plain"
    )


def layout(*texts: str, style: Style | None = None) -> LayoutUpdate:
    lines = [[Strip([Segment(text, style)]).adjust_cell_length(WIDTH, style)] for text in texts]
    return LayoutUpdate(lines, Region(0, 0, WIDTH, len(texts)))


def test_only_what_differs_is_sent() -> None:
    shown, style = Shown(), Style(color="#aabbcc", bgcolor="#112233")
    shown.changes(layout("1 of 20 papers", "lamps", style=style), CONSOLE)
    sent = shown.changes(layout("2 of 20 papers", "lamps", style=style), CONSOLE)
    assert sent == "\x1b[1;1H\x1b[38;2;170;187;204;48;2;17;34;51m2\x1b[39;49m"


def test_where_letters_may_be_wider_than_they_say_the_whole_piece_is_sent() -> None:
    shown = Shown()
    shown.changes(layout("héat 1"), CONSOLE)
    assert shown.changes(layout("héat 2"), CONSOLE) == f"\x1b[1;1H{'héat 2'.ljust(WIDTH)}"


def test_accents_stand_on_their_letters() -> None:
    word = "cafe\N{COMBINING ACUTE ACCENT}"
    shown = Shown()
    assert shown.changes(layout(f"{word} 1"), CONSOLE).startswith(f"\x1b[1;1H{word} 1")
    assert shown.changes(layout(f"{word} 1"), CONSOLE) == ""
    assert shown.changes(layout("cafe 1"), CONSOLE).startswith("\x1b[1;1Hcafe 1")


def test_letters_that_make_one_together_are_written_whole() -> None:
    flags = "\N{REGIONAL INDICATOR SYMBOL LETTER F}\N{REGIONAL INDICATOR SYMBOL LETTER R} a"
    shown = Shown()
    update = LayoutUpdate([[Strip([Segment(flags)], 7)]], Region(0, 0, 7, 1))
    assert flags in shown.changes(update, CONSOLE)
    assert flags in shown.changes(update, CONSOLE)


def test_what_was_forgotten_is_painted_again() -> None:
    shown, update = Shown(), layout("lamps")
    first = shown.changes(update, CONSOLE)
    assert shown.changes(update, CONSOLE) == ""
    shown.forget()
    assert shown.changes(update, CONSOLE) == first
    assert SparingUpdate.of(shown, None) is None
    assert shown.changes(update, CONSOLE) == ""
    assert SparingUpdate.of(shown, "anything else is painted as it stands") is None
    assert shown.changes(update, CONSOLE) == first


def test_links_begin_and_end() -> None:
    update = layout("there", style=Style(link="https://arxiv.org"))
    assert Shown().changes(update, CONSOLE).startswith("\x1b[1;1H\x1b]8;;https://arxiv.org\x1b\\there")
    assert Shown().changes(update, CONSOLE).endswith("\x1b]8;;\x1b\\")
