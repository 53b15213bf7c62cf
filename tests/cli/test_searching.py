"""`search`: the language, mistakes in it, explanations, and what the reading lists know."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Done


def ids(done: Done) -> list[str]:
    return done.out.split()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title:pond", ["math/0309136"]),
        ("title:(pond or walls)", ["2403.01234", "math/0309136"]),
        ("-pond", ["2501.00042", "2403.01234"]),
        ("is:duplicate", ["2403.01234"]),
        ("date:..2010", ["math/0309136"]),
        ("path:more/**", ["2501.00042", "2403.01234"]),
        ("* sort:-date", ["math/0309136", "2403.01234", "2501.00042"]),
        ("title:/^[AW]/", ["2403.01234", "math/0309136"]),
    ],
)
def test_the_language(run: Callable[..., Done], library: Path, query: str, found: list[str]) -> None:
    done = run("search", "--format", "ids", "--", query, library)
    assert (done.code, done.err) == (0, "")
    assert sorted(ids(done)) == sorted(found)
    if "sort:" in query:
        assert ids(done) == found


def test_a_title_is_no_mistake(run: Callable[..., Done], library: Path, tmp_path: Path) -> None:
    title = "Pond:Map of a (and other sheep"
    done = run("search", title, library, "--format", "ids")
    assert ids(done)[0] == "math/0309136"
    assert "column 1: Pond: is no field" in done.err
    assert "; looked for as plain words\n" in done.err
    queries = tmp_path / "queries"
    queries.write_text(f"{title}\npond (and map\n")
    done = run("search", "--queries", queries, library)
    assert done.code == 2
    first, second = map(json.loads, done.out.splitlines())
    assert first["hits"][0]["id"] == "math/0309136"
    assert second["error"].startswith("column 6: ")


def test_what_is_forgiven_is_told(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "map pnod", library, "--format", "ids")
    assert ids(done) == ["math/0309136"]
    assert done.err == "arxtui: also matches with typos\n"


@pytest.mark.parametrize(
    ("query", "column"),
    [("pond or", 6), ('map "pond', 5), ("date:20xx", 6), ("pond sort:size", 11), ("title:/(/", 7)],
)
def test_a_mistake_is_pointed_at(run: Callable[..., Done], library: Path, query: str, column: int) -> None:
    done = run("search", query, library)
    assert (done.code, done.out) == (2, "")
    typed, caret, message = done.err.splitlines()
    assert typed == f"  {query}"
    assert caret == f"  {' ' * (column - 1)}^"
    assert message.startswith(f"arxtui: column {column} of the query: ")


def test_a_mistake_among_queries_is_told_and_the_others_are_answered(
    run: Callable[..., Done], library: Path, tmp_path: Path
) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text('pond\nmap "pond\nwalls\n')
    done = run("search", "--queries", queries, library)
    assert done.code == 2
    first, mistaken, last = (json.loads(line) for line in done.out.splitlines())
    assert (first["total"], last["total"]) == (1, 1)
    assert mistaken == {
        "query": 'map "pond',
        "error": 'column 5: the quote is still open: close it with "',
    }
    assert done.err.startswith(f"arxtui: {queries}:2:5: the quote is still open")


def test_a_query_is_explained(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "--explain", "author:example date:2024 sort:-date", library)
    assert (done.code, done.err) == (0, "")
    assert "example" in done.out
    assert done.out.endswith("\n1 paper\n")
    assert "also matches with typos" in run("search", "--explain", "pnod", library).out
    assert run("search", "--explain", "--queries", "-", library).code == 2
    assert run("search", "--explain", "--format", "ids", "pond", library).code == 2
    done = run("search", "--explain", "(pond or walk) -heron", library)
    assert done.out.startswith("all of these:\n  any of these:\n    the word pond\n")


def test_what_asks_for_nothing_is_a_mistake(run: Callable[..., Done], library: Path) -> None:
    done = run("search", 'title:""', library)
    assert (done.code, done.out) == (2, "")
    assert "no letter or digit" in done.err


def test_where_nothing_is_found_the_hints_are_told(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "author:example 1915", library)
    assert (done.code, done.out) == (0, "")
    assert "date:1915 means the year" in done.err


def test_papers_go_out_as_bibtex(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "pond", library, "--format", "bibtex")
    assert done.code == 0
    assert done.out.lstrip().startswith("@")
    assert "A Map of the Pond" in done.out
    assert run("search", "xyzzy", library, "--format", "bibtex").out.strip() == ""


def test_lists_and_states_are_asked_for_too(run: Callable[..., Done], library: Path) -> None:
    assert run("search", "list:bookmarks", library, "--format", "ids").out == ""
    assert run("lists", "add", "bookmarks", "2403.01234").code == 0
    assert ids(run("search", "list:bookmarks", library, "--format", "ids")) == ["2403.01234"]
    assert ids(run("search", "is:bookmarked wal", library, "--format", "ids")) == []
    assert ids(run("search", "is:bookmarked walk*", library, "--format", "ids")) == ["2403.01234"]
    assert ids(run("search", "--format", "ids", "--", "-is:bookmarked", library)) == [
        "2501.00042",
        "math/0309136",
    ]


def test_why_nothing_was_found_is_told(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "title:pnod date:2003", library)
    assert (done.code, done.out) == (0, "")
    said = "arxtui: no paper matches title:pnod date:2003\narxtui: no title holds pnod; like it: pond\n"
    assert done.err.endswith(said)
    assert run("search", "pond date:2024", library).err.endswith(
        "arxtui: without pond: 1; without date:2024: 1\n"
    )


def test_where_there_are_no_papers_that_is_told(run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.cfg").write_text("root:x:0:0\nno abstract\n")
    (tmp_path / "queries").write_text("cusp\n")
    for place in (tmp_path / "empty", tmp_path / "words.cfg"):
        said = f"arxtui: no papers in {place}: arxtui looks for text files (.txt) that hold arXiv abstracts\n"
        for words in (("search", "cusp"), ("search", "title:cusp"), ("export", "--query", "cusp")):
            done = run(*words, place)
            assert (done.code, done.out) == (0, "")
            assert done.err.endswith(said)
        done = run("search", "--queries", tmp_path / "queries", place)
        assert done.code == 0
        assert done.err.endswith(said)


def test_a_long_query_is_not_echoed_whole(run: Callable[..., Done], library: Path) -> None:
    done = run("search", f"title:{'a' * 100_000}", library)
    assert done.code == 0
    assert "no paper matches title:aaa" in done.err
    assert len(done.err) < 500
    done = run("search", f"date:{'9' * 100_000}", library)
    assert done.code == 2
    assert len(done.err) < 700


def test_an_identifier_that_no_paper_has(run: Callable[..., Done], library: Path) -> None:
    done = run("search", "<https://arxiv.org/abs/2403.09999>", library)
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith("arxtui: no paper here has 2403.09999\n")
    assert "no paper matches" not in done.err


def test_a_file_without_a_query_is_told_of(
    run: Callable[..., Done], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    done = run("search", "--queries", "-", library)
    assert (done.code, done.out, done.err) == (0, "", "arxtui: no query in standard input\n")
