"""The documentation says what is so: keys, commands, problems, files and links are held against the program."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import arxtui
from arxtui.cli.arguments import parse as parse_words
from arxtui.core.papers import Entry
from arxtui.core.problems import KINDS
from arxtui.core.queries import FIELDS, SORTS, STATES, parse
from arxtui.reading.changes import KINDS as CHANGES
from arxtui.settings import Settings, written
from arxtui.tui.actions import key_table_markdown

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
COMMANDS_WITH_SUBCOMMANDS = ("lists", "tags", "notes", "backup", "cache")


def between(name: str) -> str:
    """What stands in the README between `<!-- NAME -->` and `<!-- /NAME -->`, without the fence of a code block."""
    found = re.search(rf"^<!-- {name} -->\n(.*?)^<!-- /{name} -->$", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no part {name}"
    return re.sub(r"^```.*\n", "", found[1], flags=re.MULTILINE)


def run(*arguments: str) -> str:
    """What `python -m arxtui ARGUMENTS` prints on a wide terminal."""
    command = [sys.executable, "-m", "arxtui", *arguments]
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


@cache
def options_of(*command: str) -> frozenset[str]:
    """The options in the help of a command, less those for help itself."""
    lines = re.findall(r"^  (-.*?)(?:  |$)", run(*command, "--help"), re.MULTILINE)
    return frozenset(option for line in lines for option in OPTION.findall(line)) - {"-h", "--help"}


@cache
def commands_of(*command: str) -> frozenset[str]:
    """The commands that a help lists."""
    found = re.search(r"\{([a-z,-]+)\}", run(*command, "--help"))
    assert found, f"no commands in the help of {command}"
    return frozenset(found[1].split(","))


def documented() -> dict[tuple[str, ...], set[str]]:
    """Command -> its options, by the README; the reader itself is the empty command."""
    commands: dict[tuple[str, ...], set[str]] = {}
    for line in between("commands").splitlines():
        if not (found := re.match(r"arxtui((?: [a-z]+)*)", line)):
            continue
        command = tuple(found[1].split())
        commands.setdefault(command, set()).update(OPTION.findall(line))
    return commands


def existing() -> set[tuple[str, ...]]:
    commands = {(name,) for name in commands_of()} - {(name,) for name in COMMANDS_WITH_SUBCOMMANDS}
    return (
        commands | {(name, inner) for name in COMMANDS_WITH_SUBCOMMANDS for inner in commands_of(name)} | {()}
    )


def test_keys_are_those_of_the_action_table() -> None:
    assert between("keys").strip() == key_table_markdown().strip(), "run: python docs/write_keys.py"


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    assert set(documented()) == existing()


def test_every_option_is_documented_and_every_documented_one_exists() -> None:
    everywhere = options_of()
    assert documented()[()] == everywhere
    for command in existing() - {()}:
        assert documented()[command] == options_of(*command) - everywhere, command


def test_the_commands_of_the_section_on_reading_lists_are_understood() -> None:
    lines = [line for line in between("lists").splitlines() if line.startswith("arxtui ")]
    assert len(lines) > 8
    for line in lines:
        words = shlex.split(line, comments=True)
        for command in "\0".join(words).replace("&&", "|").split("|"):
            program, *arguments = command.strip("\0").split("\0")
            assert program == "arxtui"
            assert parse_words(arguments).module != "reader", line


def test_all_settings_are_shown() -> None:
    assert between("settings").strip() == written(Settings()).strip()


def test_every_kind_of_problem_is_explained() -> None:
    text = (ROOT / "docs" / "problems.md").read_text()
    sections = dict(re.findall(r"^## (\S+)\n\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert sections.keys() == KINDS.keys()
    for kind, meaning in KINDS.items():
        first, _, remedy = sections[kind].partition("\n\n")
        assert first == meaning
        assert remedy.strip(), f"{kind}: nothing says what to do"


def test_the_search_language_is_described() -> None:
    text = (ROOT / "docs" / "searching.md").read_text()
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    fields = {row[0]: row for row in rows if len(row) == 3}
    assert re.findall("`(.+?):`", " ".join(fields)) == list(FIELDS)
    assert re.findall("`(\\w+)`", fields["`sort:`"][1]) == list(SORTS)
    examples = [example for row in rows for example in re.findall("`(.+?)`", row[-1 if len(row) == 3 else 0])]
    assert len(examples) > 40
    for example in examples:
        assert not parse(example).hints, example
    states = {row[0]: row[1] for row in rows if row[0].startswith("`is:") and len(row) == 2}
    assert states == {f"`is:{state}`": meaning for state, meaning in STATES.items()}


def test_the_table_of_samples_is_that_of_the_files(sample_seeds: Path) -> None:
    text = (ROOT / "docs" / "samples.md").read_text()
    table = {
        name: (layout, int(entries))
        for name, layout, entries in re.findall(r"^\| `(.+?)` \| (\w+) \| (\d+) \|", text, re.MULTILINE)
    }
    found = {}
    for path in sample_seeds.rglob("*.txt"):
        layouts = [item.layout for item in arxtui.parse(path) if isinstance(item, Entry)]
        layout = layouts[0] if len(set(layouts)) == 1 else "both"
        found[path.relative_to(sample_seeds).as_posix()] = (layout, len(layouts))
    assert table == found


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/architecture.md",
        "docs/exchange.md",
        "docs/problems.md",
        "docs/reading-store.md",
        "docs/samples.md",
        "docs/searching.md",
    ],
)
def test_links_lead_somewhere(path: str) -> None:
    text = (ROOT / path).read_text()
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        there = (ROOT / path).parent / file if file else ROOT / path
        assert there.is_file(), target
        if anchor and there.suffix == ".md":
            headings = {
                heading.lower() for heading in re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE)
            }
            assert anchor in headings, target


def test_every_kind_of_change_is_described() -> None:
    text = (ROOT / "docs" / "reading-store.md").read_text()
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \| `", text, re.MULTILINE)
    assert sorted(kind for row in rows for kind in re.findall(r"`([a-z_]+)`", row)) == sorted(CHANGES)


@pytest.mark.parametrize("part", ["core", "library", "reading"])
def test_the_map_names_every_module(part: str) -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    folder = ROOT / "arxtui" / part
    modules = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name + "/" for path in folder.glob("*/__init__.py")
    }
    found = re.search(rf"^\| `arxtui/{part}/` .*\n((?:\| ` [├└].*\n)*)", text, re.MULTILINE)
    assert found, f"the map has no part {part}"
    named = re.findall(r"[a-z_]+/?", re.sub(r"\|[^|]*\|$", "", found[1], flags=re.MULTILINE))
    assert sorted(named) == sorted(modules - {"__init__"})


def test_the_python_of_the_readme_runs() -> None:
    code = between("api")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    total, *papers = done.stdout.splitlines()
    assert int(total) >= 1
    assert "1412.0467 Élevage and Entropy: How Flocks Choose Their Paths in the Pyrénées 2" in papers
    assert papers[-4:] == ["1", "11", "19", "29"]


def test_pip_and_uv_install_the_same() -> None:
    for name in ("run", "test"):
        plain, uv = between(name).strip(), between(f"uv-{name}").strip()
        assert "\n" not in plain + uv
        pip = plain.replace("python3 -m venv .venv", "uv venv --allow-existing").replace(
            ".venv/bin/pip", "uv pip"
        )
        assert pip == uv


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "$(from_readme test)" in script
    assert "pytest" in between("test")
