from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import arxtui.reading
from arxtui.cli.arguments import COMMANDS, SORTS, parse, suggestion
from arxtui.cli.errors import UsageError
from arxtui.cli.groups import GROUPS
from arxtui.cli.keeping_parsers import STATUSES
from arxtui.cli.list_parsers import SORTS as LIST_SORTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done


def test_help_shows_commands_and_examples(run: Callable[..., Done]) -> None:
    for option in ("--help", "-h"):
        done = run(option)
        assert (done.code, done.err) == (0, "")
        for name in COMMANDS:
            assert f"\n  {name} " in done.out
        assert "examples:\n  arxtui ~/abstracts" in done.out


@pytest.mark.parametrize(
    "words",
    [[name] for name in COMMANDS] + [[group, name] for group, names in GROUPS.items() for name in names],
    ids=" ".join,
)
def test_every_command_has_help_with_examples(run: Callable[..., Done], words: list[str]) -> None:
    done = run(*words, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"usage: arxtui {' '.join(words)}")
    assert f"examples:\n  arxtui {' '.join(words)}" in done.out


def test_version(run: Callable[..., Done]) -> None:
    done = run("--version")
    assert done.code == 0
    assert done.out.startswith("arxtui 0.")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["search"], "search needs a QUERY"),
        (["show"], "show needs an ID"),
        (["search", "x", "--limit", "0"], "argument --limit: '0' is not a number of at least 1"),
        (["search", "x", "--limit", "many"], "argument --limit: 'many' is not"),
        (["search", "x", "--sort", "colour"], "argument --sort: invalid choice"),
        (["search", "x", "--format", "xml"], "argument --format: invalid choice"),
        (["search", "x", "--lim", "3"], "unrecognized arguments: --lim 3 (see"),
        (["search", "-step", "seeds"], "unrecognized arguments: -step: write -- before what is no option"),
        (["export", "--format", "table"], "argument --format: invalid choice"),
        (["search", "--queries", "nowhere.txt"], "no such file: nowhere.txt"),
        (["search", "--queries", "-", "--format", "ids"], "--queries answers in JSON lines"),
        (["lists", "create"], "the following arguments are required: LIST"),
        (["lists", "shwo", "x"], "lists has no command 'shwo'; did you mean 'arxtui lists show'?"),
        (["lists", "xyzzy"], "lists has no command 'xyzzy': ls, show, create, "),
        (["cache", "claer"], "cache has no command 'claer'; did you mean 'arxtui cache clear'?"),
        (["cache", "clear", "--all", "here"], "cache clear takes either --all or files and folders"),
        (["lists", "sort", "x", "colour"], "argument KEY: 'colour' is none of hand, added"),
        (["lists", "move", "x", "2403.01234", "--before", "sheep"], "not an arXiv identifier: sheep"),
        (["lists", "import", "nowhere.bib"], "no such file: nowhere.bib"),
        (["backup", "load", "nowhere.jsonl"], "no such file: nowhere.jsonl"),
        (["notes", "show", "sheep"], "not an arXiv identifier: sheep"),
        (["tags", "add", "x", "sheep"], "not an arXiv identifier: sheep"),
        (["read", "--stars", "6", "2403.01234"], "'6' is not a number of stars from 0 to 5"),
        (["read", "--stars", "3"], "name the papers"),
        (["read", "--as", "eaten", "2403.01234"], "argument --as: invalid choice"),
        (["read", "--as", "read", "--stars", "3", "2403.01234"], "not allowed with argument"),
        (["read", "2403.01234", "--format", "ids"], "--format can be text or json with ID"),
        (["read", "--format", "json"], "--format can be table or jsonl or ids without ID"),
        (["show", "sheep"], "not an arXiv identifier: sheep"),
        (["--bogus"], "unrecognized arguments: --bogus"),
        (["--data-dir"], "argument --data-dir: expected one argument"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(run: Callable[..., Done], words: list[str], message: str) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("arxtui: ")
    assert message in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("command", ["search x", "export", "show 2403.01234", "index", "check", "doctor", ""])
def test_a_path_that_does_not_exist(run: Callable[..., Done], tmp_path: Path, command: str) -> None:
    done = run(*command.split(), tmp_path / "nowhere")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("arxtui: no such file")
    assert str(tmp_path / "nowhere") in done.err
    assert done.err.count("\n") == 1


def test_a_mistyped_command_is_guessed(run: Callable[..., Done], tmp_path: Path) -> None:
    assert "did you mean 'arxtui search'?" in run("serach", "walls").err
    assert "did you mean 'arxtui lists'?" in run("list").err
    assert "did you mean" not in run("abstracts").err
    assert suggestion("./serach") is None


def test_a_folder_is_opened_though_it_looks_like_a_mistyped_command(
    run: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "serach").mkdir()
    (tmp_path / "search").mkdir()
    for words in (["serach"], ["./search"], ["--", "search"], []):
        done = run(*words)
        assert (done.code, done.out) == (2, "")
        assert "the reader needs a terminal" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ["search", "--limit", "3", "walls", "here", "there", "--sort", "-date"],
        ["search", "walls", "--sort=-date", "here", "--limit", "3", "there"],
        ["--data-dir", "d", "search", "walls", "here", "there", "--limit=3", "--sort", "-date"],
        [
            "--data-dir=d",
            "--cache-dir",
            "c",
            "search",
            "--sort",
            "-date",
            "--limit",
            "3",
            "walls",
            "here",
            "there",
        ],
    ],
)
def test_options_stand_anywhere(words: list[str]) -> None:
    arguments = parse(words)
    assert arguments.module == "search"
    assert arguments.words == ["walls", "here", "there"]
    assert (arguments.limit, arguments.sort) == (3, "-date")


def test_a_query_may_begin_with_a_dash() -> None:
    assert parse(["search", "--", "-walls", "here"]).words == ["-walls", "here"]
    assert parse(["search", "--limit", "3", "--", "-walls", "--limit"]).words == ["-walls", "--limit"]
    assert parse(["lists", "create", "--", "-odd name"]).list == "-odd name"
    assert parse(["--", "search"]).paths == ["search"]


def test_folders_for_data_and_cache_stand_before_or_behind_the_command() -> None:
    for words in (
        ["--data-dir", "d", "--cache-dir", "c", "lists", "show", "x"],
        ["lists", "--data-dir", "d", "show", "x", "--cache-dir", "c"],
        ["lists", "show", "x", "--data-dir=d", "--cache-dir=c"],
    ):
        arguments = parse(words)
        assert (str(arguments.data_dir), str(arguments.cache_dir)) == ("d", "c")
        assert (arguments.module, arguments.command, arguments.list) == ("lists", "show", "x")


def test_lists_alone_means_ls() -> None:
    for words in (["lists"], ["lists", "--data-dir", "d"], ["--data-dir", "d", "lists"], ["cache"]):
        assert parse(words).command == "ls"
    assert parse(["lists", "--format", "jsonl"]).format == "jsonl"
    with pytest.raises(UsageError, match="unrecognized arguments: --limit"):
        parse(["lists", "--limit", "3"])


def test_sorts_that_begin_with_a_dash_are_no_options() -> None:
    assert parse(["lists", "sort", "flow", "-date"]).sort == "-date"
    assert parse(["lists", "sort", "--", "flow", "-date"]).sort == "-date"
    assert parse(["lists", "show", "flow", "--sort", "-added"]).sort == "-added"
    for words in (["lists", "sort", "flow", "-colour"], ["search", "-date"]):
        with pytest.raises(UsageError):
            parse(words)


def test_names_written_twice_are_those_of_the_reading_store() -> None:
    # The store keeps a longer word for one of them, which is in its events.
    shown = tuple(sort.replace("identifier", "id") for sort in arxtui.reading.SORTS)
    assert (shown, arxtui.reading.STATUSES) == (LIST_SORTS, STATUSES)
    assert set(LIST_SORTS) - {"hand"} <= set(SORTS)


def test_sort_keys_are_those_of_the_library() -> None:
    import arxtui.library

    assert set(SORTS) == set(arxtui.library.SORTS)


@pytest.mark.parametrize("command", ["search x", "export", "show 2403.01234", "index", "check", "doctor"])
def test_a_path_of_what_cannot_be_read_is_wrong_usage_as_one_that_does_not_exist(
    run: Callable[..., Done], tmp_path: Path, command: str
) -> None:
    dangling, pipe = tmp_path / "dangling", tmp_path / "pipe"
    dangling.symlink_to(tmp_path / "nowhere")
    os.mkfifo(pipe)
    for path, message in (
        (dangling, "is a link that leads nowhere: name what it should lead to"),
        (pipe, "is neither a file nor a folder: name one of those"),
    ):
        done = run(*command.split(), path)
        assert (done.code, done.out, done.err) == (2, "", f"arxtui: {path} {message}\n")
