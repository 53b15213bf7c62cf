"""`search`, `export`, `show`, `index` and `check`, run within the test."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arxtui.cli.commands import export
from arxtui.core.exchange import json_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Done

IDS = ["2501.00042", "2403.01234", "math/0309136"]
"""All papers of `library`, the newest first."""


def test_search_prints_a_table(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "pond", library)
    assert done.code == 0
    assert done.out == "2003-09-08  math/0309136      A Map of the Pond\n"
    assert done.err == ""


def test_search_for_all_shows_the_first_words_where_there_is_no_title(
    run: Callable[..., Done], library: Path
) -> None:
    lines = run("search", "*", library).out.splitlines()
    assert [line.split()[1] for line in lines] == IDS
    assert lines[0].startswith("2025-01     2501.00042        Lamps hum. We count how often")
    assert lines[0].endswith("\u2026")


def test_search_in_other_formats(run: Callable[..., Done], library: Path) -> None:
    assert run("search", "*", library, "--format", "ids").out.split() == IDS
    assert run("search", "*", library, "--format", "ids", "--sort", "-date").out.split() == IDS[::-1]
    assert run("search", "*", library, "--format", "ids", "--limit", 2).out.split() == IDS[:2]
    found = json.loads(run("search", "walk", library, "--format", "jsonl").out)
    assert (found["id"], found["title"], len(found["occurrences"])) == ("2403.01234", "Walls That Walk", 2)


def test_no_match_is_said_and_no_error(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "xyzzy", library)
    assert (done.code, done.out) == (0, "")
    assert done.err == "arxtui: no paper matches xyzzy\n"


def test_queries_are_answered_line_by_line(
    run: Callable[..., Done], library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "pond\n*\nxyzzy na\u00efvet\u00e9\n"
    (tmp_path / "queries.txt").write_text(text, encoding="utf-8")
    from_file = run("search", "--queries", tmp_path / "queries.txt", "--format", "jsonl", library)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    from_stdin = run("search", library, "--queries", "-")
    for done in (from_file, from_stdin):
        assert (done.code, done.err) == (0, "")
        pond, everything, nothing = map(json.loads, done.out.splitlines())
        assert pond.keys() == {"query", "total", "ms", "hits"}
        assert (pond["query"], pond["total"]) == ("pond", 1)
        assert pond["hits"] == [{"id": "math/0309136", "date": "2003-09-08", "title": "A Map of the Pond"}]
        assert 0 < pond["ms"] < 10_000
        assert (everything["total"], [hit["id"] for hit in everything["hits"]]) == (3, IDS)
        assert (nothing["query"], nothing["total"], nothing["hits"]) == ("xyzzy na\u00efvet\u00e9", 0, [])


def test_queries_get_ten_hits_unless_told(run: Callable[..., Done], tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    entries = (
        f"Wall {number} walks.\n\narXiv:2403.{number:05d}\nCreated: 2024-03-02\n\n" for number in range(1, 31)
    )
    (folder / "many.txt").write_text("".join(entries))
    (tmp_path / "queries.txt").write_text("wall\n")
    for words, hits in (([], 10), (["--limit", 25], 25)):
        answer = json.loads(run("search", "--queries", tmp_path / "queries.txt", folder, *words).out)
        assert (answer["total"], len(answer["hits"])) == (30, hits)


def test_export_is_one_object_a_paper(run: Callable[..., Done], library: Path) -> None:
    done = run("export", library, "--format", "jsonl")
    assert (done.code, done.err) == (0, "")
    papers = [json.loads(line) for line in done.out.split("\n")[:-1]]
    assert [paper["id"] for paper in papers] == IDS
    walls = papers[1]
    assert list(walls) == [
        *("id", "version", "title", "authors", "abstract", "comments", "categories", "doi", "journal_ref"),
        *("created", "updated", "occurrences"),
    ]
    assert walls["authors"] == ["Ada Example", "B. Sample (Lab of Examples)"]
    assert (walls["comments"], walls["created"], walls["updated"]) == ("4 pages", "2024-03-02", "2024-04-05")
    assert {place["path"] for place in walls["occurrences"]} == {"records.txt", "more/inline.txt"}
    assert (papers[0]["version"], papers[0]["title"]) == (2, None)


def test_export_of_a_query(run: Callable[..., Done], library: Path) -> None:
    assert json.loads(run("export", library, "--query", "pond").out)["id"] == "math/0309136"


def test_export_escapes_what_a_terminal_would_obey(run: Callable[..., Done], tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    odd = "Lamps \x1b[31m \x7f \x9b \u202e \u2028 caf\u00e9.\n\narXiv:2501.00042\nCreated: 2025-01-02\n\n"
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(odd, encoding="utf-8")
    out = run("export", folder).out
    assert out.isascii() is False
    assert "caf\u00e9" in out
    assert not set(out) & set("\x1b\x7f\x9b\u202e\u2028")
    assert out.count("\n") == 1
    paper = json.loads(out)
    assert "\x7f \x9b \u202e" in paper["abstract"]
    assert paper["occurrences"][0]["path"] == "caf\udce9.txt"


def test_export_to_a_file_replaces_it_whole(run: Callable[..., Done], library: Path, tmp_path: Path) -> None:
    target = tmp_path / "papers.jsonl"
    target.write_text("what was there before\n")
    target.chmod(0o640)
    done = run("export", library, "-o", target)
    assert (done.code, done.out) == (0, "")
    assert [json.loads(line)["id"] for line in target.read_text(encoding="utf-8").splitlines()] == IDS
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir() if "papers" in path.name] == ["papers.jsonl"]


def test_export_that_fails_leaves_the_file_as_it_was(
    run: Callable[..., Done], library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "papers.jsonl").write_text("what was there before\n")

    def breaks(*_: object) -> Iterator[str]:
        yield "one"
        raise ZeroDivisionError

    monkeypatch.setattr(export, "write", breaks)
    with pytest.raises(ZeroDivisionError):
        run("export", library, "-o", folder / "papers.jsonl")
    assert (folder / "papers.jsonl").read_text() == "what was there before\n"
    assert len(list(folder.iterdir())) == 1


def test_export_follows_a_link_and_leaves_devices_alone(
    run: Callable[..., Done], library: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "link").symlink_to("papers.jsonl")
    assert run("export", library, "--format", "jsonl", "-o", folder / "link").code == 0
    assert (folder / "link").is_symlink()
    assert len((folder / "papers.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    assert run("export", library, "--format", "jsonl", "-o", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


def test_export_to_where_no_file_can_be(run: Callable[..., Done], library: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "nowhere" / "papers.jsonl", tmp_path):
        done = run("export", library, "--format", "jsonl", "-o", target)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"arxtui: {target} cannot be written: ")
        assert done.err.count("\n") == 1


def test_export_streams(library: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Done]) -> None:
    """No more than one paper is alive at a time."""
    import weakref

    alive: list[weakref.ref[object]] = []
    most = 0
    real = json_lines.to_json

    def counting(paper: object) -> object:
        nonlocal most
        alive.append(weakref.ref(paper))
        most = max(most, sum(ref() is not None for ref in alive))
        return real(paper)  # type: ignore[arg-type]

    monkeypatch.setattr(json_lines, "to_json", counting)
    assert run("export", library).out.count("\n") == 3
    # The one that is printed, and the one before, which the generator has not let go of yet.
    assert len(alive) == 3
    assert most <= 2


@pytest.mark.parametrize(
    "written", ["2403.01234", "arXiv:2403.01234v7", "https://arxiv.org/abs/2403.01234v1"]
)
def test_show_takes_an_identifier_in_any_way_of_writing(
    run: Callable[..., Done], library: Path, written: str
) -> None:
    done = run("show", written, library)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:2] == ["Walls That Walk", "Ada Example, B. Sample (Lab of Examples)"]
    assert "arXiv       2403.01234" in lines
    assert "abstract    https://arxiv.org/abs/2403.01234" in lines
    assert "updated     2024-04-05" in lines
    assert "We let a wall walk and watch it come back. It takes its time." in lines
    assert "Comments: 4 pages" in lines
    assert "Found in 2 places:" in lines
    assert any(line.endswith("records.txt:1") for line in lines)


def test_show_names_files_from_where_one_stands(
    run: Callable[..., Done], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library.parent)
    assert "  library/records.txt:1\n" in run("show", "2403.01234", "library").out
    assert "  library/records.txt:1\n" in run("show", "2403.01234", "library/records.txt").out
    monkeypatch.chdir(library / "more")
    assert f"  {library}/records.txt:1\n" in run("show", "2403.01234", "..").out


def test_show_as_json(run: Callable[..., Done], library: Path) -> None:
    assert json.loads(run("show", "math.GT/0309136", library, "--format", "json").out)["id"] == "math/0309136"


def test_show_passes_no_control_characters_on(run: Callable[..., Done], library: Path) -> None:
    out = run("show", "2501.00042", library).out
    assert "\x1b" not in out
    assert "red" in out
    assert "arXiv       2501.00042v2" in out


def test_show_of_a_paper_without_identifier(run: Callable[..., Done], broken: Path) -> None:
    key = next(
        key for key in run("search", "*", broken, "--format", "ids").out.split() if key.startswith("text:")
    )
    done = run("show", key, broken)
    assert done.code == 0
    assert f"key         {key}" in done.out
    assert json.loads(run("show", key, broken, "--format", "json").out)["id"] is None


def test_show_of_a_paper_that_nobody_knows(
    run: Callable[..., Done], library: Path, own_folders: Path
) -> None:
    done = run("show", "2507.99999", library)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"arxtui: no paper 2507.99999 in {library}\n"
    # Asking made no store of reading lists.
    assert list((own_folders / "data").iterdir()) == []


def test_show_of_a_kept_paper_whose_file_is_gone(run: Callable[..., Done], library: Path) -> None:
    run("lists", "add", "bookmarks", "2403.01234", "--from", library)
    (library / "records.txt").unlink()
    (library / "more" / "inline.txt").unlink()
    done = run("show", "2403.01234", library)
    assert done.code == 0
    assert "Walls That Walk" in done.out
    assert "this is the record kept of it" in done.err


def test_index_says_what_it_found(run: Callable[..., Done], library: Path) -> None:
    done = run("index", library)
    assert (done.code, done.out) == (0, "")
    assert "3 papers, 1 repeat folded, 2 files, no problems; files: 2 added" in done.err


def test_index_stats_are_json(run: Callable[..., Done], library: Path, broken: Path) -> None:
    stats = json.loads(run("index", library, "--stats").out)
    assert stats.keys() == {"papers", "occurrences", "files", "problems", "unidentified", "bytes", "seconds"}
    size = sum(file.stat().st_size for file in library.rglob("*.txt"))
    assert {**stats, "seconds": 0} == {
        "papers": 3,
        "occurrences": 4,
        "files": 2,
        "problems": 0,
        "unidentified": 0,
        "bytes": size,
        "seconds": 0,
    }
    assert stats["seconds"] > 0
    again = json.loads(run("index", library, broken, "--stats", "--rebuild").out)
    assert (again["papers"], again["files"]) == (5, 3)
    assert again["problems"] >= 1


def test_check_names_file_line_and_kind(
    run: Callable[..., Done], broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    done = run("check", "broken")
    assert done.code == 1
    file, line, kind, message = done.out.splitlines()[0].split(":", 3)
    assert file == "broken/cut.txt"
    assert int(line) == 6
    assert kind.strip().replace("-", "").isalpha()
    assert len(message) > 10


def test_check_of_sound_files(run: Callable[..., Done], library: Path) -> None:
    done = run("check", library)
    assert (done.code, done.out) == (0, "")
    assert done.err == "arxtui: no problems in 2 files\n"


@pytest.mark.parametrize("words", [["check"], ["search", "x"], ["export"], ["index"], ["show", "2403.01234"]])
def test_a_path_that_may_not_be_read(run: Callable[..., Done], words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        closed = Path(name) / "closed"
        file = Path(name) / "file.txt"
        closed.mkdir()
        file.touch()
        Path(name).chmod(0o755)
        closed.chmod(0)
        file.chmod(0)
        # Once as oneself: a user without rights may not be allowed to import what this imports.
        run(*words, name)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            done = [run(*words, place) for place in (closed, file)]
        finally:
            os.seteuid(user)
            closed.chmod(0o755)
        assert done == [
            (1, "", f"arxtui: {closed} cannot be read: Permission denied\n"),
            (1, "", f"arxtui: {file} cannot be read: Permission denied\n"),
        ]
