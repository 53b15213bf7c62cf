"""What must be true of the files of the project, whatever is in them."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_MODULE = 400
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

FORBIDDEN = {
    "a developer's own folder": re.compile(
        r"(?:/home|/Users|[A-Z]:\\+Users\\)/?\w+|(?<![\w.])/[r]oot/|/tmp/\w+venv"
    ),
    "the address of a package index": re.compile(
        r"https?://[^\s\"'<>]*/simple\b|(?:index-url|find-links|--index|index_url)[ =]+[\"']?(?:\w+:)?//",
        re.IGNORECASE,
    ),
    "an address with a password": re.compile(r"\w+://[^\s/@:]+:[^\s/@]+@"),
}


def tracked_files() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def what_is_forbidden(text: str) -> list[str]:
    found = [f"{what}: {match[0]}" for what, pattern in FORBIDDEN.items() for match in pattern.finditer(text)]
    # Not only where such folders usually lie, but where this checkout and this person's home really do.
    here = [f"{path}/" for path in (ROOT, Path.home()) if len(path.parts) > 1]
    return found + [
        f"a folder of this machine: {path}" for path in here if re.search(rf"(?<!\w){re.escape(path)}", text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "see /ho" + "me/ann/papers",
        "cd /ro" + "ot/x",
        "--index-" + "url https://example.org/",
        "https://example.org/sim" + "ple/",
        f"cat {ROOT}/README.md",
        "https://ann:secret" + "@example.org/",
    ],
)
def test_the_search_for_forbidden_text_finds_it(text: str) -> None:
    assert what_is_forbidden(text)


def test_no_file_names_a_machine_or_an_index() -> None:
    files = tracked_files()
    assert ROOT / "pyproject.toml" in files
    found = {}
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        if matches := what_is_forbidden(text):
            found[str(path.relative_to(ROOT))] = matches
    assert not found


def test_no_module_grows_too_long() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "arxtui").rglob("*.py")}
    assert lengths
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def pins(name: str) -> dict[str, list[str]]:
    """Requirement -> its hashes, for `constraints/NAME.txt`."""
    text = (ROOT / "constraints" / f"{name}.txt").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {
        line.partition("--hash")[0].strip(): re.findall(r"--hash=sha256:[0-9a-f]{64}\b", line)
        for line in lines
    }


def names(requirements: dict[str, list[str]] | list[str]) -> set[str]:
    return {re.split(r"[^\w-]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("name", ["run", "dev"])
def test_everything_is_pinned_with_hashes(name: str) -> None:
    pinned = pins(name)
    assert pinned
    for requirement, hashes in pinned.items():
        assert re.match(r"[\w-]+==[\w.]+(?: ; .+)?\Z", requirement), requirement
        assert hashes, requirement


def test_what_runs_is_pinned_alike_for_users_and_developers() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_every_requirement_is_pinned() -> None:
    project = PROJECT["project"]
    assert names(project["dependencies"]) | {"hatchling", "editables"} <= names(pins("run"))
    extras = [*project["optional-dependencies"]["test"], *project["optional-dependencies"]["dev"]]
    assert names(extras) - {"arxtui"} <= names(pins("dev"))


def test_version_is_the_same_everywhere() -> None:
    import arxtui

    version = PROJECT["project"]["version"]
    assert arxtui.__version__ == version
    assert re.search(rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    pytest.importorskip(
        "hatchling", reason="the build backend is pinned in constraints/, not part of an extra"
    )
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    return folder


def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        (entry_points,) = [name for name in inside if name.endswith("entry_points.txt")]
        assert "arxtui = arxtui.cli:main" in archive.read(entry_points).decode()
    assert {name.partition("/")[0] for name in inside} == {
        "arxtui",
        f"arxtui-{PROJECT['project']['version']}.dist-info",
    }
    sources = {str(path.relative_to(ROOT)) for path in (ROOT / "arxtui").rglob("*") if path.is_file()}
    wanted = {name for name in sources if "__pycache__" not in name}
    assert "arxtui/py.typed" in wanted
    assert wanted == {name for name in inside if name.startswith("arxtui/")}


def test_the_source_archive_holds_what_is_needed_to_test_it(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "constraints/dev.txt",
        "tests/conftest.py",
        "docs/problems.md",
    }
    samples = {str(path.relative_to(ROOT)) for path in (ROOT / "sample_seeds").rglob("*.txt")}
    assert wanted | samples <= inside
