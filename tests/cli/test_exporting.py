"""`arxtui export` in every format, and what comes of it when it is read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
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
