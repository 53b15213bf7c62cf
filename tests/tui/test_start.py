"""What stands between a user and the first list, counted in a new process: imports, layouts and style passes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from arxtui import open_library

SAMPLES = Path(__file__).parents[2] / "sample_seeds"

LATER = {
    "tantivy",
    "rapidfuzz",
    "watchfiles",
    "pylatexenc",
    "tomllib",
    "arxtui.core.exchange",
    "arxtui.core.folding",
    "arxtui.core.marking",
    "arxtui.core.merging",
    "arxtui.core.parsing",
    "arxtui.core.queries",
    "arxtui.library.child",
    "arxtui.library.exploring",
    "arxtui.library.finding",
    "arxtui.library.refreshing",
    "arxtui.library.rereading",
    "arxtui.library.textindex",
    "arxtui.reading.salvage",
    "arxtui.tui.conditions",
    "arxtui.tui.exporting",
    "arxtui.tui.facets",
    "arxtui.tui.following",
    "arxtui.tui.help_screen",
    "arxtui.tui.links",
    "arxtui.tui.listkeeping",
    "arxtui.tui.saying",
    "arxtui.tui.search_line",
    "arxtui.tui.shelves",
    "arxtui.tui.using",
}
"""What a list of all papers does not need; together it takes longer to import than the list to be painted."""

STYLED = 110
"""Widgets and parts of widgets that are styled until then: 22 widgets, once as they come and once as a screen, and their parts."""

SCRIPT = """
import json, sys
from pathlib import Path
from arxtui.library import open_library
from arxtui.paths import config_file
from arxtui.reading import ReadingStore
from arxtui.settings import load
from arxtui.tui import app as reader
from arxtui.tui.main_screen import MainScreen
from arxtui.tui.paper_list import PaperList
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

reader._FIRST_PATIENCE = 30  # the machine may be doing something else
counts = {"layouts": 0, "styled": 0}
found = {}

def counted(owner, name, what):
    original = getattr(owner, name)
    def call(self, *args, **options):
        counts[what] += 1
        return original(self, *args, **options)
    setattr(owner, name, call)

counted(Screen, "_refresh_layout", "layouts")
counted(Stylesheet, "apply", "styled")
render_line = PaperList.render_line

def first_line(self, y):
    if self.total and not found:
        found.update(counts, first=sorted(sys.modules))
    return render_line(self, y)

PaperList.render_line = first_line
begin = MainScreen._go_on

def go_on(self):
    begin(self)
    if self.painted:
        found["settled"] = counts["layouts"]
        self.set_timer(1.0, self.app.exit)

MainScreen._go_on = go_on
folder, cache = map(Path, sys.argv[1:])
with open_library([folder], cache_dir=cache) as library, ReadingStore(cache / "reading.sqlite3") as store:
    app = reader.ReaderApp(library, store, load(config_file()))
    app.run(headless=True, size=(160, 48))
    app.background.at_rest(5)
found["last"] = sorted(sys.modules)
print(json.dumps(found), flush=True)
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a start on a library that is indexed tells of itself."""
    cache = tmp_path_factory.mktemp("cache")
    with open_library([SAMPLES], cache_dir=cache) as library:
        library.refresh()
    command = [sys.executable, "-c", SCRIPT, str(SAMPLES), str(cache)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_the_first_list_imports_nothing_it_does_not_need(start: dict[str, Any]) -> None:
    assert "arxtui.tui.paper_list" in start["first"]
    assert not LATER.intersection(start["first"])


def test_what_comes_later_is_seen(start: dict[str, Any]) -> None:
    assert {"arxtui.core.parsing", "arxtui.tui.exporting", "tantivy"} <= set(start["last"])


def test_the_first_list_is_on_the_first_layout(start: dict[str, Any]) -> None:
    assert start["layouts"] == 1


def test_no_widget_is_styled_again_and_again_before_the_first_list(start: dict[str, Any]) -> None:
    assert 0 < start["styled"] <= STYLED


def test_all_else_is_started_after_the_first_list(start: dict[str, Any]) -> None:
    assert "settled" in start
