"""What importing costs, and which way imports run. Each question is asked of a new process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"textual", "rich", "tantivy", "rapidfuzz", "regex"}
"""What takes longer to import than all the rest: none of it may stand between a user and `--version`."""


def modules_after(statements: str) -> set[str]:
    """The top-level names in `sys.modules` of a new process once it has run `statements`."""
    code = f"import sys\n{statements}\nprint(*{{name.partition('.')[0] for name in sys.modules}}, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def modules_of_command(*arguments: str) -> set[str]:
    """The top-level names that `python -m arxtui ARGUMENTS` imports."""
    command = [sys.executable, "-X", "importtime", "-m", "arxtui", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_the_way_of_asking_sees_heavy_imports() -> None:
    assert modules_after("import textual, tantivy, rapidfuzz, regex") >= HEAVY


def test_importing_arxtui_imports_nothing_heavy() -> None:
    modules = modules_after("import arxtui; arxtui.__version__")
    assert "arxtui" in modules
    assert not modules & (HEAVY | {"sqlite3"})


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["search", "--help"]])
def test_saying_what_it_is_imports_nothing_heavy(arguments: list[str]) -> None:
    modules = modules_of_command(*arguments)
    assert "arxtui" in modules
    assert not modules & (HEAVY | {"sqlite3"})


@pytest.mark.parametrize(
    "arguments", [["export", "--format", "jsonl"], ["search", "sand"], ["index"], ["lists"]]
)
def test_no_headless_command_imports_textual(arguments: list[str], sample_seeds: Path) -> None:
    places = [] if arguments == ["lists"] else [str(sample_seeds)]
    modules = modules_of_command(*arguments, *places)
    assert "sqlite3" in modules
    assert not modules & {"textual", "rich"}


def test_all_of_core_is_pure() -> None:
    statements = (
        "import pkgutil, importlib, arxtui.core\n"
        "for module in pkgutil.walk_packages(arxtui.core.__path__, 'arxtui.core.'): importlib.import_module(module.name)"
    )
    modules = modules_after(statements)
    assert "arxtui" in modules
    assert not modules & {"sqlite3", "textual", "rich", "tantivy", "platformdirs"}


def test_import_contracts_hold() -> None:
    pytest.importorskip("importlinter", reason="import-linter is part of the extra `dev`")
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
