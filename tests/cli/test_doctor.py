from __future__ import annotations

import importlib.metadata
import json
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import arxtui
from arxtui.cli import examining
from arxtui.cli.output import size
from arxtui.library import open_library
from arxtui.library.checking import check_index
from arxtui.library.keeping import index_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

    Run = Callable[..., Done]


def findings(run: Run, *words: object) -> dict[str, dict[str, Any]]:
    done = run("doctor", *words, "--format", "json")
    found = json.loads(done.out)["findings"]
    assert done.code == (0 if all(each["ok"] for each in found) else 1)
    assert [each["ok"] for each in found] == [not each["remedy"] for each in found]
    return {each["name"]: each for each in found}


def lines(text: str) -> dict[str, str]:
    """What stands behind each name, by `ok name` or `warning name`."""
    return {" ".join(line[:9].split()) + " " + line[9:].partition(":")[0]: line for line in text.splitlines()}


@pytest.fixture
def folder(run: Run, library: Path, own_folders: Path) -> Path:
    """Where the index of `library` is."""
    run("index", library)
    return index_folder([library], own_folders / "cache")


def test_lost_records_are_told_of(run: Run, library: Path, own_folders: Path) -> None:
    run("lists", "add", "flow", "2403.01234v2", "--from", library)
    (path,) = own_folders.rglob("reading.sqlite3")
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM records")
    connection.commit()
    connection.close()
    found = findings(run, library)["reading lists"]
    assert found["text"].startswith("sound, but the records of 1 paper are lost")
    assert "backup load" in found["remedy"]


def test_all_is_well(run: Run, library: Path, own_folders: Path) -> None:
    run("index", library)
    run("lists", "add", "bookmarks", "2403.01234")
    done = run("doctor", library)
    assert (done.code, done.err) == (0, "")
    assert all(line.startswith("ok       ") for line in done.out.splitlines())
    told = lines(done.out)
    assert told["ok arxtui"].endswith(f": {arxtui.__version__}")
    for name in ("textual", "tantivy", "rapidfuzz"):
        assert told[f"ok {name}"].endswith(f": {importlib.metadata.version(name)}")
    assert sqlite3.sqlite_version in told["ok sqlite"]
    for name in ("data", "cache"):
        assert f"{own_folders / name}, " in told[f"ok {name} folder"]
        assert "kB in it" in told[f"ok {name} folder"]
        assert told[f"ok {name} folder"].endswith(" free")
    assert told["ok reading lists"].endswith("sound, 1 list with 1 paper")
    assert "sound, 3 papers, " in told["ok index"]
    assert told["ok index"].endswith(f"of {library}")


def test_nothing_is_made(run: Run, library: Path, own_folders: Path) -> None:
    found = findings(run, library)
    assert found["reading lists"]["text"].startswith("none yet")
    assert found["index"]["text"] == f"none yet of {library}"
    assert "not made yet" in found["cache folder"]["text"]
    assert list(own_folders.rglob("*")) == [own_folders / "data"]


def test_it_loads_no_screen() -> None:
    program = "import sys; from arxtui.cli import main; main(['doctor']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert "sqlite3" in loaded
    assert not {"textual", "rich"} & set(loaded)


def test_a_damaged_reading_store(run: Run, library: Path, own_folders: Path) -> None:
    run("lists", "add", "bookmarks", "2403.01234")
    path = own_folders / "data" / "reading.sqlite3"
    raw = path.read_bytes()
    path.write_bytes(raw[: 2 * 4096] + b"\xaa" * (len(raw) - 2 * 4096))
    assert "the damaged file is kept as" in findings(run, library)["reading lists"]["remedy"]
    assert findings(run, library)["reading lists"]["remedy"] == ""


def test_a_damaged_catalogue(run: Run, library: Path, folder: Path) -> None:
    (folder / "catalogue.sqlite3").write_bytes(b"garbage" * 999)
    found = findings(run, library)["index"]
    assert found["text"] == f"the catalogue is damaged (file is not a database) ({library})"
    assert found["remedy"] == "the next start of arxtui makes it again"
    assert run("index", library).code == 0
    assert findings(run, library)["index"]["ok"]


def test_a_catalogue_that_was_emptied(run: Run, library: Path, folder: Path) -> None:
    (folder / "catalogue.sqlite3").write_bytes(b"")
    found = findings(run, library)["index"]
    assert found["text"] == f"the catalogue is damaged (it is empty) ({library})"
    assert found["remedy"] == "the next start of arxtui makes it again"
    assert "the index was damaged (the catalogue is empty): it is built again" in run("index", library).err
    assert findings(run, library)["index"]["ok"]


def test_a_catalogue_with_torn_pages(folder: Path) -> None:
    path = folder / "catalogue.sqlite3"
    raw = path.read_bytes()
    path.write_bytes(raw[:8192] + b"\xaa" * (len(raw) - 8192))
    assert "damaged" in check_index(folder)[0]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("DELETE FROM papers WHERE paper = 1", "papers"),
        ("UPDATE totals SET value = value + 1 WHERE name = 'occurrences'", "the number of occurrences"),
        ("DELETE FROM occurrences WHERE paper = 2", "papers without an occurrence"),
        ("UPDATE occurrences SET file = 99 WHERE start = 0 AND file = 1", "occurrences without a file"),
        ("UPDATE dates SET papers = papers + 1", "papers a date"),
    ],
)
def test_a_catalogue_that_contradicts_itself(
    run: Run, library: Path, folder: Path, change: str, what: str
) -> None:
    db = sqlite3.connect(folder / "catalogue.sqlite3")
    db.execute(change)
    db.commit()
    db.close()
    assert any(what in problem for problem in check_index(folder))
    assert findings(run, library)["index"]["remedy"] == "make the index again with arxtui index --rebuild"
    assert run("index", library, "--rebuild").code == 0
    assert check_index(folder) == []


def test_an_index_that_was_not_read_to_its_end(
    run: Run, library: Path, folder: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arxtui.library.refreshing._REPORT", 0.0)  # as often as it looks whether to stop
    (library / "more.txt").write_text("arXiv:2403.09999\n")
    with open_library([library], cache_dir=own_folders / "cache") as opened:
        assert opened.refresh(None, lambda: True).stopped
    found = findings(run, library)["index"]
    assert found["ok"], "nothing is wrong with it"
    assert found["text"].startswith("sound, ")
    how = f"arxtui index {library}, or the reader, reads on"
    assert found["text"].endswith(f"of {library}, not all files are read yet: {how}")
    assert f"{library} (not all files are read yet)" in run("cache", "ls").out
    run("index", library)
    assert findings(run, library)["index"]["text"].endswith(f"of {library}")
    assert "not all files" not in run("cache", "ls").out


def test_a_torn_pair(run: Run, library: Path, folder: Path) -> None:
    db = sqlite3.connect(folder / "catalogue.sqlite3")
    db.execute("UPDATE facts SET value = 'another' WHERE name = 'stamp'")
    db.commit()
    db.close()
    assert "of another time" in findings(run, library)["index"]["text"]
    run("index", library)
    assert findings(run, library)["index"]["ok"]
    (text,) = folder.glob("text-*")
    shutil.rmtree(text)
    assert "is missing" in findings(run, library)["index"]["text"]
    run("index", library)
    (meta,) = folder.glob("text-*/meta.json")
    meta.write_text("{")
    assert "the text index is damaged" in findings(run, library)["index"]["text"]
    run("index", library)
    assert findings(run, library)["index"]["ok"]


def test_an_index_of_another_version_is_no_fault(run: Run, library: Path, folder: Path) -> None:
    db = sqlite3.connect(folder / "catalogue.sqlite3")
    db.execute("PRAGMA user_version = 4711")
    db.execute("DROP TABLE totals")
    db.commit()
    db.close()
    assert "nothing read yet" in findings(run, library)["index"]["text"]


def test_an_index_that_is_being_written_is_no_fault(run: Run, library: Path, folder: Path) -> None:
    from arxtui.library.textindex import TextIndex
    from arxtui.library.textschema import FOLDER

    writer = TextIndex(folder / FOLDER).writer()
    writer.begin_commit("not yet in the catalogue")
    writer.finish_commit()
    assert findings(run, library)["index"]["text"].startswith("being written")
    writer.close()
    assert "of another time" in findings(run, library)["index"]["text"]


def test_no_space_and_no_right_to_write(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    data, cache = examining.folders(tmp_path / "file", tmp_path / "new" / "cache")
    assert "--data-dir" in data.remedy
    assert cache.remedy == ""
    assert not (tmp_path / "new").exists()
    monkeypatch.setattr(examining, "LITTLE_SPACE", 10**18)
    _, cache = examining.folders(tmp_path, tmp_path)
    assert cache.remedy == "little space is left: free some"


def test_settings(run: Run, own_folders: Path) -> None:
    file = own_folders / "config" / "config.toml"
    done = run("doctor")
    assert f"settings: {file} is not there: all as by default" in done.out
    file.parent.mkdir()
    file.write_text("[reading]\nmark_read_after = -3")
    told = run("doctor").out
    assert f"warning: settings: {file}:2: mark_read_after must be a number of seconds" in told


def test_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "dumb")
    assert "set TERM" in next(examining.terminal()).remedy
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("COLUMNS", "132")
    monkeypatch.setenv("LINES", "50")
    for name in ("TMUX", "STY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    assert next(examining.terminal()) == (
        "terminal",
        "132 by 50 cells, TERM xterm-256color, COLORTERM truecolor",
        "",
    )
    assert [each.text for each in examining.terminal()][-1] == "neither tmux, screen nor ssh"
    monkeypatch.setenv("TMUX", "/somewhere")
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    assert [each.text for each in examining.terminal()][-1] == "tmux, ssh"
    monkeypatch.setattr("locale.getencoding", lambda: "ISO-8859-1")
    encoding = {each.name: each for each in examining.terminal()}["encoding"]
    assert "UTF-8 locale" in encoding.remedy


def test_limits_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "INOTIFY", tmp_path)
    assert list(examining.limits()) == []
    (tmp_path / "max_user_watches").write_text("100\n")
    (tmp_path / "max_user_instances").write_text("128\n")
    watches, instances = examining.limits()
    assert (watches.text, instances.text) == ("100", "128")
    assert "sysctl fs.inotify.max_user_watches=131072" in watches.remedy
    assert instances.remedy == ""


def test_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    assert {each.name for each in examining.versions() if each.remedy} == {"textual", "tantivy", "rapidfuzz"}
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    assert "SQLite 3.37 or later" in list(examining.versions())[-1].remedy


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_951, "1.0 MB"),
        (4_600_000_000, "4.6 GB"),
        (5_000_000_000_000, "5,000.0 GB"),
    ],
)
def test_sizes(number: int, text: str) -> None:
    assert size(number) == text


def test_a_check_while_another_connection_is_open(library: Path, folder: Path) -> None:
    with open_library([library]) as open_:
        (library / "new.txt").write_text("Lamps hum.\n\narXiv:2501.00099\nCreated: 2025-01-03\n\n")
        open_.refresh()
        assert check_index(folder) == []
        assert open_.counts().papers == 4
