"""Regular expressions are matched as Python matches them, in bounded time."""

from __future__ import annotations

import re
import threading
from contextlib import suppress

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arxtui.core.highlighting import Highlights
from arxtui.core.patterns import TooLongError, matches
from arxtui.core.queries import Pattern
from arxtui.core.queries.regexes import effort, fault

ENDLESS = 60.0

PIECES = st.sampled_from(
    ["a", "b", "A", "é", " ", ".", ".*", "a+", "[ab]*", "b?", "(ab|b)", "(?:a|é)", r"\b", r"\w+", "^", "$", "a{2,}", ".+?"]
)  # fmt: skip
PATTERNS = st.lists(PIECES, min_size=1, max_size=5).map("".join).filter(lambda text: fault(text) is None)


@settings(deadline=None, max_examples=300)
@given(pattern=PATTERNS, text=st.text("abAÉé -\n", max_size=30))
@example("a*b?", "aab ba")
@example(r"\w+.*b", "É aAb")
def test_both_engines_find_the_same(pattern: str, text: str):
    cased = any(letter.isupper() for letter in pattern)
    expected = [
        found.span()
        for found in re.finditer(pattern, text, 0 if cased else re.IGNORECASE)
        if found.end() > found.start()
    ]
    assert matches(pattern, text, ENDLESS) == expected


@pytest.mark.parametrize(
    ("pattern", "power"),
    [("graph(ene)?", 0), ("spin.*glass", 1), ("a{3}", 0), ("a{3,}", 1), (".*.*x", 2), ("(a|b)+", 2), ("a?b+", 2)],
)  # fmt: skip
def test_effort(pattern: str, power: int):
    assert effort(pattern) == power


SLOW, TEXT = r"[a-z ]+[a-z ]+\d", "no end of letters " * 200


def test_what_takes_too_long_is_given_up():
    with pytest.raises(TooLongError):
        matches(SLOW, TEXT, 0.01)
    assert Highlights([Pattern(SLOW)]).spans(TEXT) == []


def test_other_threads_run_meanwhile():
    """With Python's own engine none would."""
    begun, ended = threading.Event(), threading.Event()

    def match() -> None:
        begun.set()
        with suppress(TooLongError):
            matches(SLOW, TEXT, 1.0)
        ended.set()

    thread = threading.Thread(target=match)
    thread.start()
    assert begun.wait(60)
    turns = 0
    while not ended.is_set():
        turns += 1
    thread.join()
    assert turns > 1000


def test_the_engine_is_only_loaded_where_it_is_needed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(regex, "finditer", None)
    assert matches("graph.*", "graphene", ENDLESS) == [(0, 8)]
    with pytest.raises(TypeError):
        matches(".*graph.*", "graphene", ENDLESS)
