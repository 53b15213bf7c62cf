"""Letters that a regular expression is sure to hold, by which its candidates are found."""

from __future__ import annotations

import re

import pytest

from arxtui.library.verifying import literals


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("graph(ene)?", ["graph"]),
        ("graph theory", ["graph", "theory"]),
        ("Graph", ["graph"]),
        ("graphs?", ["graph"]),
        ("graphs*x", ["graph"]),
        ("graphs+", ["graphs"]),
        ("colou{0,1}r", ["colo"]),
        ("cat|graph", []),
        ("(graph)", []),
        ("[graph]ene", ["ene"]),
        (r"\bgraph\b", ["graph"]),
        ("gr.phene", ["phene"]),
        ("schrödinger", ["schrodinger"]),
        ("(?i)graph", []),
        ("mathb", []),  # the fold takes \mathbb away
        ("psil", []),  # and makes epsilon of \varepsilon
        ("ab", []),  # too short
        ("", []),
    ],
)
def test_literals(pattern: str, expected: list[str]):
    assert literals(pattern) == expected
    assert re.compile(pattern)
