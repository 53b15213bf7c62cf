"""`arxtui export` in every format, and what comes of it when it is read again."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from arxtui.cli.parser import EXPORTS
from arxtui.core.exchange import FORMATS, read
from tests.cli.conftest import Done

KEYS = ["2501.00042", "2403.01234", "math/0309136"]


def test_the_formats_are_those_that_can_be_written():
    assert list(EXPORTS) == [name for name, form in FORMATS.items() if form.write or form.write_keyed]


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_holds_every_paper(run: Callable[..., Done], library: Path, form: str):
    done = run("export", library, "--format", form)
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    imported = read(done.out)
    assert [reference.paper.key for reference in imported.references] == KEYS


def test_keys_alone_are_written_without_a_file_being_read(
    run: Callable[..., Done], library: Path, monkeypatch: pytest.MonkeyPatch
):
    run("index", library)
    read_again: list[object] = []
    monkeypatch.setattr("arxtui.library.rereading.open_regular", read_again.append)
    assert run("export", library, "--format", "ids").out.split() == KEYS
    assert run("export", library, "--query", "wall", "--format", "ids").out == "2403.01234\n"
    assert not read_again


def test_bibtex_of_a_search(run: Callable[..., Done], library: Path):
    done = run("export", library, "--query", "wall", "--format", "bibtex")
    assert done.out.splitlines()[:3] == [
        "@misc{example2024walls,",
        "  title = {Walls That Walk},",
        "  author = {Example, Ada and Sample, B.},",
    ]


def test_a_list_goes_out_and_comes_in_as_it_was(run: Callable[..., Done], library: Path, tmp_path: Path):
    assert run("lists", "add", "flow", "2403.01234", "hep-th/9901001", "--from", library).code == 0
    target = tmp_path / "flow.ris"
    assert run("export", "--list", "flow", "--format", "ris", "-o", target).code == 0
    imported = read(target.read_bytes(), target.name)
    assert {reference.paper.key for reference in imported.references} == {"2403.01234", "hep-th/9901001"}
    assert not imported.problems
    identifiers = run("export", "--list", "flow", "--format", "ids").out
    assert set(identifiers.split()) == {"2403.01234", "hep-th/9901001"}


ENDINGS = {
    "jsonl": "jsonl", "ndjson": "jsonl", "bib": "bibtex", "ris": "ris", "json": "csl-json", "csv": "csv", "md": "markdown", "txt": "ids"
}  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_name_of_the_file_tells_the_format(
    run: Callable[..., Done], library: Path, tmp_path: Path, ending: str
):
    target = tmp_path / f"my.refs.{ending.upper()}"
    assert run("export", library, "-o", target) == (0, "", "")
    written = target.read_text(encoding="utf-8")
    assert written == run("export", library, "--format", ENDINGS[ending]).out
    # What is asked for counts more than a name.
    assert run("export", library, "--format", "ids", "-o", target).code == 0
    assert target.read_text(encoding="utf-8").split() == KEYS


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json"])
def test_citation_keys_by_a_pattern(run: Callable[..., Done], library: Path, form: str):
    done = run("export", library, "--format", form, "--keys", "{Author}:{id}")
    assert done.code == 0
    assert "Example:2403.01234" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "bibtex", "--keys", "{autor}"], "did you mean {author}?"),
        (["--format", "bibtex", "--keys", "one"], "the same key for all papers"),
        (
            ["--format", "csv", "--keys", "{id}"],
            "csv has no citation keys; --keys is for bibtex, ris, csl-json",
        ),
        (["--format", "bib"], "invalid choice"),
        ([], "out: --format must say what to write, for the name does not end in .jsonl, .bib, .ris"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    run: Callable[..., Done], library: Path, tmp_path: Path, words: list[str], said: str
):
    target = tmp_path / "out"
    done = run("export", library, *words, "-o", target)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not target.exists()


def test_nothing_found_is_an_empty_file_of_the_format(run: Callable[..., Done], library: Path):
    assert json.loads(run("export", library, "--query", "id:9999.99999", "--format", "csl-json").out) == []
    rows = list(
        csv.reader(io.StringIO(run("export", library, "--query", "id:9999.99999", "--format", "csv").out))
    )
    assert len(rows) == 1
    assert run("export", library, "--query", "id:9999.99999", "--format", "bibtex").out == ""


def test_a_citation_key_once_exported_is_never_another_papers(
    run: Callable[..., Done], write_library: Callable[[dict[str, str | bytes]], Path]
):
    paper = "{} walls\n{} Smith\n\nWe let a wall walk, {}.\n\narXiv:{}\nCreated: 2020-01-0{}\n\n"
    jane = paper.format("Quantum", "Jane", "once", "2001.00009", 5)
    library = write_library({"a.txt": jane + paper.format("Quantum", "John", "twice", "2001.00010", 6)})
    assert run("lists", "add", "thesis", "2001.00010", "--from", library).code == 0
    assert "@misc{smith2020quantum,\n" in run("lists", "export", "thesis", "--format", "bibtex").out
    assert run("lists", "add", "thesis", "2001.00009", "--from", library).code == 0
    keys = {"{smith2020quantum,\n": "Smith, John", "{smith2020quantum-2001.00009,\n": "Smith, Jane"}
    ways = (
        ("lists", "export", "thesis"),
        ("export", library),
        ("export", library, "--query", "quantum"),
        ("search", "quantum", library),
        ("export", library, "--keys", "{author}{year}{title}"),
    )
    for words in ways:
        entries = run(*words, "--format", "bibtex").out.split("@misc")[1:]
        assert {
            key for key in keys for entry in entries if entry.startswith(key) and keys[key] in entry
        } == set(keys), words


def test_the_key_of_an_imported_entry_is_exported_again(run: Callable[..., Done], tmp_path: Path):
    refs = tmp_path / "refs.bib"
    refs.write_text(
        "@misc{walls_2024, title = {Walls That Walk}, author = {Example, A.}, eprint = {2403.01234}}"
    )
    assert "kept 1 citation key" in run("lists", "import", refs).err
    assert run("lists", "export", "refs", "--format", "bibtex").out.startswith("@misc{walls_2024,\n")
    assert run("lists", "export", "refs", "--format", "ris").out.splitlines()[1] == "ID  - walls_2024"
    done = run("lists", "export", "refs", "--format", "bibtex", "--keys", "{author}")
    assert done.out.startswith("@misc{example,\n")
    refs.write_text("@misc{other, eprint = {2403.01234}}")
    assert "has the citation key walls_2024 already, which stays" in run("lists", "import", refs).err


def test_papers_are_exported_where_the_lists_cannot_be_read(
    run: Callable[..., Done], library: Path, tmp_path: Path
):
    with closing(sqlite3.connect(tmp_path / "reading.sqlite3")) as other:
        other.execute("CREATE TABLE theirs (a)")
    done = run("--data-dir", tmp_path, "export", library, "--format", "bibtex")
    assert done.code == 0
    assert "@misc{" in done.out
    assert "warning: citation keys may be those of papers on your lists" in done.err


def test_a_note_is_cleaned_for_a_terminal_and_for_no_file(
    run: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    family = "\U0001f469\u200d\U0001f467"
    run("lists", "add", "flow", KEYS[0])
    run("notes", "set", KEYS[0], f"{family} \x1b[31mred \u202eback")
    words = ("lists", "export", "flow", "--format", "bibtex", "--notes")
    run(*words, "-o", tmp_path / "flow.bib")
    assert f"annote = {{{family} \x1b[31mred \u202eback}}" in (tmp_path / "flow.bib").read_text()
    assert "\x1b[31mred \u202eback" in run(*words).out, "nor for a pipe"
    monkeypatch.setattr("arxtui.cli.commands.export.is_terminal", lambda _: True)
    assert f"annote = {{{family} [31mred back}}" in run(*words).out
    assert run("notes", "show", KEYS[0]).out == f"{family} [31mred back\n"
