"""The settings file: what holds, what is wrong in it, and where it is."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from arxtui import paths
from arxtui.cli import main
from arxtui.settings import Reading, Settings, load, written

DEFAULT = Settings()


def test_without_a_file_all_is_as_by_default(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == (DEFAULT, [])


def test_the_reader_starts_without_a_parser_of_settings_where_there_is_no_file(tmp_path: Path) -> None:
    code = "import sys, pathlib; from arxtui.settings import load; load(pathlib.Path(sys.argv[1])); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "no"], capture_output=True, text=True, check=True
    )
    assert "arxtui.settings" in done.stdout.split()
    assert "tomllib" not in done.stdout.split()


@pytest.mark.parametrize("value", ["20", "0.5", "0", "3600"])
def test_a_setting_holds_and_is_written_as_it_is_read(tmp_path: Path, value: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"\ufeff# mine\n[reading]\nmark_read_after = {value}\n", encoding="utf-8")
    loaded = load(file)
    assert loaded == (Settings(Reading(float(value))), [])
    file.write_text(written(loaded.settings))
    assert load(file) == loaded


def test_every_setting_is_written_with_what_it_is_for() -> None:
    text = written(DEFAULT)
    said = tomllib.loads(text)
    for table in fields(Settings):
        names = [each.name for each in fields(getattr(DEFAULT, table.name))]
        assert list(said[table.name]) == names
        for name in names:
            assert re.search(rf"^# \S.+\.\n{name} = ", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[reading]\nmark_red_after = 3", ["2: [reading] has no setting mark_red_after; did you mean mark_read_after?"]),
        ("\n\n[raeding]", ["3: there is no table raeding; did you mean reading?"]),
        ("# x\nfont = 1", ["2: there is no setting font; there is reading"]),
        ("mark_read_after = 3", ["1: there is no setting mark_read_after; write it below [reading]"]),
        ("a = 1\nreading = 3", ["1: there is no setting a;", "2: reading is a table; write [reading]"]),
        *(
            (f'# [reading]\n[ "reading" ]\n\n  mark_read_after={value}', ["4: mark_read_after must be a number of seconds"])
            for value in ("-1", "3601", "true", '"3"', "nan", "inf", "[1]")
        ),
        ("reading.mark_read_after = -1", ["1: mark_read_after must be"]),
        ("\nreading = { mark_read_after = -1 }", ["2: mark_read_after must be"]),
        ("[reading]\nmark_read_after = \n", ["2: invalid value, so the defaults hold; correct this line"]),
        ('x = "', ["1: unterminated string, so the defaults hold"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_the_defaults_hold(
    tmp_path: Path, text: str, problems: list[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    loaded = load(file)
    assert loaded.settings == DEFAULT
    assert len(loaded.problems) == len(problems)
    for told, wanted in zip(loaded.problems, problems, strict=True):
        assert told.startswith(f"{file}:{wanted}")


def test_a_file_that_is_no_text_or_no_file_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"[reading]\n# caf\xe9\n")
    assert load(file) == (DEFAULT, [f"{file}:2: this is no UTF-8, so the defaults hold; save it as UTF-8"])
    (problem,) = load(tmp_path).problems
    assert problem.startswith(f"{tmp_path}: cannot be read (Is a directory)")


def test_a_good_setting_holds_beside_a_bad_one(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[reading]\nmark_read_after = 7\nnonsense = 1")
    loaded = load(file)
    assert loaded.settings.reading.mark_read_after == 7
    assert len(loaded.problems) == 1


def test_the_file_is_named_by_option_variable_or_custom(
    own_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    usual, other = own_folders / "config" / "config.toml", tmp_path / "mine.toml"
    assert paths.config_file() == usual
    assert main(["config"]) == 0
    assert capfd.readouterr().out.startswith(f"# {usual} (not there: all as by default)\n[reading]\n")
    other.write_text("[reading]\nmark_read_after = 9\n")
    for words in (
        ["config", "--config", str(other)],
        ["--config", str(other), "config"],
        [f"--config={other}", "config"],
    ):
        assert main(words) == 0
        assert capfd.readouterr().out == f"# {other}\n{written(Settings(Reading(9)))}"
    monkeypatch.setenv("ARXTUI_CONFIG", str(other))
    assert paths.config_file() == other
    usual.parent.mkdir()
    usual.write_text("[reading]\nnonsense = 1\n")
    assert main(["config", "--config", str(usual.parent)]) == 1
    assert f"{usual}:2: [reading] has no setting nonsense" in capfd.readouterr().err
