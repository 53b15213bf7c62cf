from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done


def test_bookmarks_are_there_from_the_start(run: Callable[..., Done]) -> None:
    for words in (["lists"], ["lists", "ls"]):
        assert run(*words)[:2] == (0, "      0  bookmarks\n")


def test_a_list_is_made_filled_shown_and_emptied(run: Callable[..., Done], library: Path) -> None:
    assert run("lists", "create", "flow matching").code == 0
    done = run("lists", "add", "flow matching", "2403.01234v2", "arXiv:math.GT/0309136", "--from", library)
    assert (done.code, done.out) == (0, "")
    assert done.err == "arxtui: added 2 papers to “flow matching”\n"
    assert run("lists").out == "      0  bookmarks\n      2  flow matching\n"
    assert run("lists", "show", "flow matching").out.splitlines() == [
        "2024-03-02  2403.01234        Walls That Walk",
        "2003-09-08  math/0309136      A Map of the Pond",
    ]
    done = run("lists", "remove", "flow matching", "https://arxiv.org/abs/2403.01234")
    assert (done.code, done.err) == (0, "arxtui: removed 1 paper from “flow matching”\n")
    assert run("lists", "show", "flow matching", "--format", "ids").out == "math/0309136\n"


def test_an_identifier_alone_will_do(run: Callable[..., Done]) -> None:
    assert run("lists", "add", "bookmarks", "2507.19427").err.splitlines() == [
        "arxtui: added 1 paper to bookmarks",
        f"arxtui: warning: 2507.19427 is kept by its identifier alone, {REMEDY}",
    ]
    assert run("lists", "show", "bookmarks").out == "2025-07     2507.19427\n"
    done = run("lists", "add", "bookmarks", "2507.19427", "hep-th/9901001", "2507.19427")
    assert (done.code, done.err.splitlines()) == (
        0,
        [
            "arxtui: added 1 paper to bookmarks; 1 there already",
            f"arxtui: warning: 2 papers are kept by their identifiers alone, {REMEDY}",
        ],
    )


REMEDY = "as nothing says which files to look in; the same with --from FOLDER keeps title, authors and abstract too"


def test_what_a_search_pipes_into_a_list_keeps_its_records(
    run: Callable[..., Done], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that is no library, as in the README: the index that the search has just used knows the papers."""
    found = run("search", "walls", library, "--format", "ids").out
    monkeypatch.setattr("sys.stdin", io.StringIO(found))
    done = run("lists", "add", "flow", "-")
    assert done.err.splitlines() == ["arxtui: made the list flow and added 1 paper to it"]
    (library / "records.txt").unlink()
    assert run("lists", "show", "flow").out == "2024-03-02  2403.01234        Walls That Walk\n"


FILLED = "arxtui: kept what the files say of 1 paper, of which only the identifier was known"


@pytest.mark.parametrize(
    "words",
    [
        "lists add flow 2403.01234 --from LIBRARY",
        "lists add later 2403.01234 --from LIBRARY",
        "lists show flow --from LIBRARY",
        "lists show flow",
        "lists export flow --format bibtex",
        "export LIBRARY --list flow",
        "tags add odd 2403.01234 --from LIBRARY",
        "index LIBRARY",
    ],
)
def test_a_record_that_was_missing_is_kept_as_soon_as_a_library_has_it(
    run: Callable[..., Done], library: Path, words: str
) -> None:
    run("lists", "add", "flow", "2403.01234")
    if "LIBRARY" not in words:
        run("search", "walls", library)  # which makes its index
    done = run(*(str(library) if word == "LIBRARY" else word for word in words.split()))
    assert FILLED in done.err.splitlines()
    assert (
        run("history")
        .out.splitlines()[words.startswith(("lists add later", "tags"))]
        .endswith("kept what files say of “Walls That Walk”")
    )
    run("undo")
    if words.startswith(("lists add later", "tags")):
        run("undo")
    run("redo")
    run("cache", "clear", "--all")
    (library / "records.txt").unlink()
    assert "Walls That Walk" in run("lists", "show", "flow").out
    assert "title = {Walls That Walk}" in run("lists", "export", "flow", "--format", "bibtex").out


def test_an_export_tells_of_papers_of_which_nothing_is_known(run: Callable[..., Done]) -> None:
    run("lists", "add", "my flow", "2403.01234", "hep-th/9901001")
    done = run("lists", "export", "my flow", "--format", "ids")
    assert done.out.split() == ["2403.01234", "hep-th/9901001"]
    assert done.err == (
        "arxtui: warning: of 2 papers only the identifier is known; "
        "'arxtui lists show 'my flow' --from FOLDER' keeps what the files there say\n"
    )


def test_an_identifier_that_the_library_does_not_know_is_added_with_a_warning(
    run: Callable[..., Done], library: Path
) -> None:
    done = run("lists", "add", "bookmarks", "2403.01234", "2507.99999", "--from", library)
    assert done.code == 0
    assert f"warning: no paper 2507.99999 in {library}; kept by its identifier alone" in done.err
    assert run("lists", "show", "bookmarks", "--format", "ids").out.split() == ["2403.01234", "2507.99999"]


def test_what_is_no_identifier_stops_everything(
    run: Callable[..., Done], library: Path, own_folders: Path
) -> None:
    for words in (["2507.19427", "sheep"], ["sheep", "--from", library]):
        done = run("lists", "add", "bookmarks", *words)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("arxtui: not an arXiv identifier: sheep")
    assert list((own_folders / "data").iterdir()) == []


def test_identifiers_come_from_standard_input(
    run: Callable[..., Done], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = run("search", "*", library, "--format", "ids").out
    monkeypatch.setattr(sys, "stdin", io.StringIO(found + "\n  arXiv:2507.19427v1  \n"))
    assert run("lists", "add", "all", "hep-th/9901001", "-").code == 0
    shown = run("lists", "show", "all", "--format", "ids").out.split()
    assert shown == ["hep-th/9901001", *found.split(), "2507.19427"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("2507.19427\n"))
    assert run("lists", "remove", "all", "-").code == 0
    assert "2507.19427" not in run("lists", "show", "all", "--format", "ids").out


def test_shown_as_json_lines(run: Callable[..., Done], library: Path) -> None:
    run("lists", "add", "bookmarks", "2403.01234", "2507.19427", "--from", library)
    kept, bare = map(json.loads, run("lists", "show", "bookmarks", "--format", "jsonl").out.splitlines())
    assert (kept["id"], kept["title"], kept["comments"]) == ("2403.01234", "Walls That Walk", "4 pages")
    assert kept["added"].endswith("Z")
    assert (bare["id"], bare["title"], bare["authors"]) == ("2507.19427", None, [])


def test_a_kept_paper_is_shown_and_exported_when_its_file_is_gone(
    run: Callable[..., Done], library: Path
) -> None:
    run("lists", "add", "bookmarks", "2403.01234", "--from", library)
    before = run("export", library, "--list", "bookmarks").out
    for file in (library / "records.txt", library / "more" / "inline.txt"):
        file.unlink()
    assert "Walls That Walk" in run("lists", "show", "bookmarks").out
    for words in ([library], []):
        kept = json.loads(run("export", *words, "--list", "bookmarks").out)
        # Where it stood belongs to the files, not to the record.
        assert kept == {**json.loads(before), "occurrences": []}


def test_export_of_a_list_keeps_its_order_and_can_be_narrowed(
    run: Callable[..., Done], library: Path
) -> None:
    run("lists", "add", "x", "math/0309136", "2403.01234", "--from", library)
    out = run("export", library, "--list", "x").out
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["math/0309136", "2403.01234"]
    assert json.loads(run("export", library, "--list", "x", "--query", "walk").out)["id"] == "2403.01234"
    assert run("export", library, "--list", "x", "--query", "lamps").out == ""


def test_an_unknown_list(run: Callable[..., Done], library: Path) -> None:
    run("lists", "create", "flow matching")
    for words in (["show", "flow"], ["remove", "flow", "2403.01234"]):
        done = run("lists", *words)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("arxtui: there is no reading list named 'flow'")
    assert run("lists", "show", "bookmark").err.endswith("; did you mean 'bookmarks'?\n")
    done = run("export", library, "--list", "flow")
    assert (done.code, done.out) == (1, "")
    assert "no reading list named 'flow'" in done.err


def test_a_list_that_exists_or_has_no_name(run: Callable[..., Done]) -> None:
    for name, message in (
        ("bookmarks", "already"),
        ("", "needs a name"),
        ("a\x1b[31m", "characters that do not show"),
        ("pass\u3164word", "characters that do not show"),
    ):
        done = run("lists", "create", name)
        assert (done.code, done.out) == (1, "")
        assert message in done.err
        assert "\x1b" not in done.err


def test_removing_what_is_not_there(run: Callable[..., Done]) -> None:
    run("lists", "add", "bookmarks", "2507.19427")
    done = run("lists", "remove", "bookmarks", "2507.19427", "2403.01234")
    assert done.code == 1
    assert "2403.01234 is not on bookmarks" in done.err
    assert run("lists", "show", "bookmarks").out == ""


def test_a_damaged_store_is_set_aside_and_told_of(run: Callable[..., Done], own_folders: Path) -> None:
    (own_folders / "data" / "reading.sqlite3").write_text("no database\n" * 500)
    done = run("lists")
    assert (done.code, done.out.split()) == (0, ["0", "bookmarks"])
    assert "the damaged file is kept as" in done.err
    (aside,) = (own_folders / "data").glob("reading.damaged-*")
    assert str(aside) in done.err
    assert aside.read_text() == "no database\n" * 500
    assert run("lists").err == ""


def test_the_data_folder_can_be_given(run: Callable[..., Done], tmp_path: Path) -> None:
    run("--data-dir", tmp_path / "mine", "lists", "add", "bookmarks", "2507.19427")
    assert (tmp_path / "mine" / "reading.sqlite3").exists()
    assert run("lists").out == "      0  bookmarks\n"
    assert run("lists", "--data-dir", tmp_path / "mine").out == "      1  bookmarks\n"


def test_a_name_that_makes_a_list_is_told(run: Callable[..., Done]) -> None:
    first, second = (run("lists", "add", "boookmarks", key).err for key in ("2507.19427", "2507.19428"))
    assert first.startswith("arxtui: made the list boookmarks and added 1 paper to it\n")
    assert second.startswith("arxtui: added 1 paper to boookmarks\n")


def test_lists_tell_what_they_are_for_and_which_is_the_default(run: Callable[..., Done]) -> None:
    run("lists", "create", "flow", "--description", "before the seminar")
    run("lists", "create", "thesis")
    run("lists", "describe", "thesis", "chapter\n two")
    run("lists", "default", "thesis")
    assert run("lists").out.splitlines() == [
        "      0  bookmarks",
        "      0  flow  before the seminar",
        "      0  thesis  chapter two",
    ]
    found = [json.loads(line) for line in run("lists", "--format", "jsonl").out.splitlines()]
    assert [(each["name"], each["default"]) for each in found] == [
        ("bookmarks", False),
        ("flow", False),
        ("thesis", True),
    ]
    assert run("lists", "rename", "FLOW", "Flow").err == "arxtui: renamed list FLOW to Flow\n"
    assert "already" in run("lists", "rename", "thesis", "flow").err


def test_a_deleted_list_is_put_away_and_comes_back(run: Callable[..., Done]) -> None:
    run("lists", "add", "flow", "2403.01234")
    assert "arxtui lists restore" in run("lists", "delete", "flow").err
    assert run("lists").out == "      0  bookmarks\n"
    assert run("lists", "ls", "--archived").out.splitlines()[-1] == "      1  flow  (archived)"
    done, *_, told = run("lists", "add", "Flow", "2507.19427").err.splitlines()
    assert done == "arxtui: added 1 paper to Flow"
    assert told == "arxtui: flow is archived: arxtui lists restore brings it back"
    assert run("lists", "restore", "flow").code == 0
    assert run("lists").out.splitlines()[-1] == "      2  flow"
    done = run("lists", "delete", "bookmarks")
    assert (done.code, done.err) == (
        1,
        "arxtui: the list bookmarks is always there; it cannot be archived\n",
    )


def test_papers_are_moved_and_sorted(run: Callable[..., Done], library: Path) -> None:
    a, b, c = "2403.01234", "math/0309136", "2501.00042"

    def shown(*options: str) -> list[str]:
        return run("lists", "show", "flow", "--format", "ids", *options).out.split()

    run("lists", "add", "flow", a, b, c, "--from", library)
    assert run("lists", "move", "flow", c, "math.GT/0309136").err == "arxtui: moved 2 papers\n"
    assert shown() == [c, b, a]
    run("lists", "move", "flow", c, "--after", b)
    assert shown() == [b, c, a]
    run("lists", "move", "flow", a, "--before", f"arXiv:{c}v2")
    assert shown() == [b, a, c]
    assert run("lists", "move", "flow", b).err == "arxtui: it stands there already\n"
    assert shown("--sort", "-id") == shown("--sort", "id")[::-1]
    assert shown() == [b, a, c]
    assert run("lists", "sort", "flow", "date").code == 0
    assert shown() == [c, a, b]
    assert run("lists", "sort", "flow", "-date").code == 0
    assert shown() == [b, a, c]
    assert "is sorted by -date" in run("lists", "move", "flow", c).err
    run("lists", "sort", "flow", "hand")
    assert shown() == [c, b, a]
    done = run("lists", "move", "flow", a, "--after", "hep-th/9901001")
    assert (done.code, done.err) == (1, "arxtui: hep-th/9901001 is not on flow\n")


def test_lists_export_is_export_of_the_list(run: Callable[..., Done], library: Path) -> None:
    run("lists", "add", "flow", "2403.01234", "--from", library)
    run("tags", "add", "to cite", "2403.01234")
    run("notes", "set", "2403.01234", "good")
    for form in ("bibtex", "csv", "markdown", "jsonl"):
        done = run("lists", "export", "flow", "--format", form)
        assert done == run("export", "--list", "flow", "--format", form)
        assert "to cite" not in done.out
        assert "good" not in done.out
        assert done.err == "arxtui: your notes and tags on 1 paper were left out; --notes writes them\n"
        noted = run("lists", "export", "flow", "--format", form, "--notes")
        assert noted == run("export", "--list", "flow", "--format", form, "--notes")
        assert "to cite" in noted.out
        assert "good" in noted.out
        assert noted.err == ""
    for words in (["--list", "flow", "--query", "walls"], ["--query", "walls"], ["--list", "flow"]):
        files = run("export", library, *words, "--notes")
        assert json.loads(files.out)["tags"] == ["to cite"]
        assert json.loads(files.out)["note"] == "good"
        assert "tags" not in json.loads(run("export", library, *words).out)
    assert json.loads(run("export", library, "--query", "list:flow").out)["id"] == "2403.01234"


def test_a_list_or_tag_that_nothing_is_called_is_a_mistake_in_a_query(
    run: Callable[..., Done], library: Path, tmp_path: Path
) -> None:
    run("lists", "create", "flow")
    wrong = "no reading list is named 'flwo': did you mean 'flow'?"
    for words in (["search", "walk list:flwo"], ["export", "--query", "walk list:flwo"]):
        done = run(*words, library)
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines()[-3:] == [
            "  walk list:flwo",
            f"  {' ' * 10}^",
            f"arxtui: column 11 of the query: {wrong}",
        ]
    done = run("search", "walk -list:(bookmarks or zzz)", library)
    assert done.code == 2
    assert done.err.endswith(
        "column 26 of the query: no reading list is named 'zzz': those there are: bookmarks, flow\n"
    )
    assert "no tag is named 'wet': there is none\n" in run("search", "tag:wet", library).err
    for number in range(6):
        run("tags", "add", f"tag {number}", "2403.01234")
    done = run("search", 'tag:"Tag 1" or tag:wet', library)
    assert done.code == 2
    assert done.err.endswith("those there are: tag 0, tag 1, tag 2, tag 3, tag 4 …\n")
    queries = tmp_path / "queries.txt"
    queries.write_text("walls\nwalls list:zzz\nlist:FLOW\n")
    done = run("search", "--queries", queries, library)
    found, wrong, empty = (json.loads(line) for line in done.out.splitlines())
    assert (done.code, found["total"], empty["total"]) == (2, 1, 0)
    assert wrong["error"].startswith("column 12: no reading list is named 'zzz'")
    assert f"{queries}:2:12: no reading list is named 'zzz'" in done.err
    assert run("search", "list:flow", library).code == 0


def test_a_mistake_in_the_query_of_an_export_is_pointed_at(run: Callable[..., Done], library: Path) -> None:
    done = run("export", library, "--query", "walls date:sheep")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[1].strip() == "^"


def test_a_paper_that_has_changed_since_it_was_added_says_so(
    run: Callable[..., Done], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("lists", "add", "flow", "2403.01234", "math/0309136", "--from", library)
    run("lists", "add", "flow", "2501.00042", "2507.99999")  # the second is known by its identifier alone
    before = run("lists", "show", "flow", "--from", library)
    assert "changed" not in before.out
    records = library / "records.txt"
    records.write_text(
        records.read_text().replace("A Map of the Pond", "A Better Map").replace("4 pages", "9 pages")
    )
    assert run("lists", "show", "flow").out == before.out, "no file was looked at"
    shown = run("lists", "show", "flow", "--from", library).out.splitlines()
    # As they were when they were added: the reader and `arxtui show` have the new ones.
    assert shown[2:] == [
        "2024-03-02  2403.01234        Walls That Walk  (changed)",
        "2003-09-08  math/0309136      A Map of the Pond  (changed)",
    ]
    assert not any("changed" in line for line in shown[:2])
    told = run("lists", "show", "flow", "--format", "jsonl", "--from", library).out.splitlines()
    found = {paper["key"]: paper["changed"] for paper in map(json.loads, told)}
    # Of what was not known nobody can tell.
    assert found == {
        "2501.00042": [],
        "2507.99999": None,
        "2403.01234": ["comments"],
        "math/0309136": ["title"],
    }
    ids = run("lists", "show", "flow", "--format", "ids", "--from", library)
    assert ids.out.split() == list(found)
    # In a folder that was read once, its index is asked without being told to.
    monkeypatch.chdir(library)
    assert run("lists", "show", "flow").out.count("(changed)") == 2
    records.unlink()
    run("index")
    assert "changed" not in run("lists", "show", "flow").out


def test_the_remark_of_a_change_has_room_where_a_title_is_cut(
    run: Callable[..., Done], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("lists", "add", "flow", "2403.01234", "--from", library)
    records = library / "records.txt"
    records.write_text(records.read_text().replace("4 pages", "9 pages"))
    monkeypatch.setattr("arxtui.cli.output.columns", lambda: 52)
    shown = run("lists", "show", "flow", "--from", library).out
    assert shown == "2024-03-02  2403.01234        Walls That…  (changed)\n"


def test_what_was_left_out_is_told_only_of_what_was_written(run: Callable[..., Done], tmp_path: Path) -> None:
    run("lists", "add", "flow", "2403.01234")
    run("notes", "set", "2403.01234", "good")
    done = run("lists", "export", "flow", "-o", tmp_path / "nowhere" / "flow.bib")
    assert done.code == 1
    assert "were left out" not in done.err


def test_a_list_that_is_not_archived_is_not_brought_back(run: Callable[..., Done]) -> None:
    run("lists", "create", "flow")
    assert run("lists", "restore", "flow").err == "arxtui: list flow was not archived; nothing was changed\n"
    run("lists", "delete", "flow")
    assert run("lists", "restore", "flow").err == "arxtui: list flow is back\n"


def test_lists_are_sorted_by_the_words_of_a_search(run: Callable[..., Done]) -> None:
    run("lists", "add", "flow", "2403.01234", "2501.00042")
    assert run("lists", "sort", "flow", "-id").err == "arxtui: sorted list flow by -id\n"
    assert json.loads(run("lists", "ls", "--format", "jsonl").out.splitlines()[1])["sort"] == "-id"
    assert run("lists", "show", "flow", "--format", "ids").out.split() == ["2501.00042", "2403.01234"]
    assert run("lists", "sort", "flow", "identifier").code == 2


def test_a_long_description_is_cut_in_the_table(run: Callable[..., Done]) -> None:
    run("lists", "create", "flow", "--description", "word " * 60)
    line = run("lists", "ls").out.splitlines()[1]
    assert len(line) == 120
    assert line.endswith("\N{HORIZONTAL ELLIPSIS}")


def test_a_list_is_archived_once(run: Callable[..., Done]) -> None:
    run("lists", "create", "flow")
    run("lists", "delete", "flow")
    again = run("lists", "delete", "flow", "--format", "json")
    assert json.loads(again.out)["delete"] is None
    assert again.err == "arxtui: list flow is archived already; nothing was changed\n"


@pytest.mark.parametrize(
    "written",
    [
        "arXiv:2403.01234 [quant-ph]",
        "arXiv:2403.01234v2 [quant-ph] 3 Mar 2024",
        "<https://arxiv.org/abs/2403.01234>",
        "[Walls](https://arxiv.org/abs/2403.01234)",
        "2403.01234.",
        "(2403.01234).",
        "arXiv:2403.01234 [quant-ph],",
        '"2403.01234"',
    ],
)
def test_an_identifier_may_have_about_it_what_stood_where_it_was_copied(
    run: Callable[..., Done], written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("lists", "add", "flow", written).code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{written}\n"))
    assert run("tags", "add", "odd", "-").code == 0
    assert run("lists", "show", "flow", "--format", "ids").out == "2403.01234\n"
    assert run("tags", "show", "odd", "--format", "ids").out == "2403.01234\n"
