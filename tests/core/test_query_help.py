"""What helps to type a query: completion, conditions put to it and taken out, and which regular expressions are refused."""

from __future__ import annotations

import re
import time
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.queries import SORTS, choices, completed, completing, narrowed, parse, widened, write_value
from arxtui.core.queries.regexes import LONGEST, fault
from tests.core.query_strategies import QUERY, TEXT


@pytest.mark.parametrize(
    ("text", "kind", "beginning"),
    [
        ("", "word", ""),
        ("ti", "word", "ti"),
        ("a ", "word", ""),
        ("a -ti", "word", "ti"),
        ("a -", "word", ""),
        ("(", "word", ""),
        ("a o", "word", "o"),
        ("a or", "word", "or"),
        ("author:", "author", ""),
        ("author: ", "author", ""),
        ("author:noe", "author", "noe"),
        ("-author:noe", "author", "noe"),
        ("author: noe", "author", "noe"),
        ("author:(noether or hil", "author", "hil"),
        ("author:(noether or ", "author", ""),
        ("author:(noether or", "", ""),
        ("list:(a and not", "", ""),
        ("author:(a (b", "author", "b"),
        ("author:(a is:re", "is", "re"),
        ("author:(a) b", "word", "b"),
        ('author:"emmy noe', "author", "emmy noe"),
        ('author:"emmy"', "", ""),
        ('list:"to r', "list", "to r"),
        ('"a b', "", ""),
        ("title:/gr", "", ""),
        ("(a)", "", ""),
        ("is:re", "is", "re"),
        ("sort:-da", "sort", "-da"),
        ("sort:-", "sort", "-"),
        ("path:2020/", "path", "2020/"),
        ("x) y", "word", "y"),
    ],
)
def test_what_is_being_typed(text: str, kind: str, beginning: str):
    what = completing(text + " and more)", len(text))
    assert (what.kind, what.beginning) == (kind, beginning)
    assert text[what.start :].lstrip('"') == beginning


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("", []),
        ("a", ["author:", "abstract:", "and"]),
        ("TI", ["title:"]),
        ("no", ["note:", "not"]),
        ("is:re", ["read"]),
        ("is:read", []),
        ("sort:-d", ["-date"]),
        ("sort:-", [f"-{name}" for name in SORTS]),
        ("author:a", []),
        ('"a', []),
    ],
)
def test_what_the_language_offers(text: str, offered: list[str]):
    assert choices(completing(text, len(text))) == offered


@pytest.mark.parametrize(
    ("text", "value", "result"),
    [
        ("a ti|", "title:", "a title:|"),
        ("is:re| b", "read", "is:read| b"),
        ("list:to| b", "to read", 'list:"to read"| b'),
        ('list:"to |', "to read", 'list:"to read"|'),
        ("tag:|", 'a"b', r'tag:"a\"b"|'),
        ("author:emm|", "Emmy Noether", 'author:"Emmy Noether"|'),
        ("author:s|", r"E. Schr\"odinger", r'author:"E. Schr\"odinger"|'),
        ("author:(a or n|)", "Noether", "author:(a or Noether|)"),
        ("path:20|", "2020/x.txt", "path:2020/x.txt|"),
    ],
)
def test_completing(text: str, value: str, result: str):
    before, _, behind = text.partition("|")
    full, cursor = completed(before + behind, len(before), value)
    assert full[:cursor] + "|" + full[cursor:] == result


@given(TEXT, st.integers(0, 40))
def test_anything_may_be_completed(text: str, cursor: int):
    cursor = min(cursor, len(text))
    what = completing(text, cursor)
    assert 0 <= what.start <= cursor
    assert all(choice.startswith(what.beginning.lower()) for choice in choices(what))


@given(st.sampled_from(["list", "tag", "note", "path"]), st.text(min_size=1))
def test_any_name_can_be_asked_for(field: str, name: str):
    name = f"x{name}x"
    assert str(parse(f"{field}:{write_value(field, name)}")).startswith(f"{field}:")
    assert not parse(f"{field}:{write_value(field, name)}").errors


@pytest.mark.parametrize(
    ("text", "condition", "result"),
    [
        ("", "date:2021", "date:2021"),
        ("*", "date:2021", "date:2021"),
        ("cusp", "date:2021", "cusp date:2021"),
        (r"Schr\"odinger ", "date:2021", r"Schr\"odinger date:2021"),
        ("cusp date:2021", "date:2021", "cusp date:2021"),
        ("a or b", "date:2021", "(a or b) date:2021"),
        ("(a or b)", "date:2021", "(a or b) date:2021"),
        ("(a) or (b)", "date:2021", "((a) or (b)) date:2021"),
        ("a", "b or c", "a (b or c)"),
        ("sort:-date", "date:2021", "date:2021 sort:-date"),
        ("a sort:-date", "date:2021", "a sort:-date date:2021"),
        ('"a b', "date:2021", '"a b" date:2021'),
        ("a author:", "date:2021", "a date:2021"),
        ("a or", "date:2021", "a date:2021"),
        ("(a", "date:2021", "a date:2021"),
        ("2507.19427", "is:read", "2507.19427 is:read"),
    ],
)
def test_narrowing(text: str, condition: str, result: str):
    assert narrowed(text, condition) == result


@pytest.mark.parametrize(
    ("text", "condition", "result"),
    [
        ("cusp date:2021", "date:2021", "cusp"),
        (r"Schr\"odinger  date:2021 x", "date:2021", r"Schr\"odinger x"),
        ("date:2021", "date:2021", ""),
        ("date:2021..2021 a", "date:2021", "a"),
        ("a and date:2021 and b", "date:2021", "a and b"),
        ("date:2021 and b", "date:2021", "b"),
        ("a date:2022", "date:2021", "a date:2022"),
        ("a (b date:2021)", "date:2021", "a (b date:2021)"),
        ("a or date:2021", "date:2021", "a or date:2021"),
        ("(a or b) date:2021", "date:2021", "(a or b)"),
        ("a -is:read", "-is:read", "a"),
        ("a -is:read", "is:read", "a -is:read"),
        ("a not (b c) d", "not (b c)", "a d"),
        ("date:2021 sort:-date", "date:2021", "sort:-date"),
        ('list:"to read" a', 'list:"to read"', "a"),
    ],
)
def test_widening(text: str, condition: str, result: str):
    assert widened(text, condition) == result


@given(TEXT | QUERY, st.sampled_from(["date:2021", "-is:read", 'list:"to read"', "path:a/**"]))
def test_a_narrowed_query_asks_for_the_condition_and_for_all_it_did(text: str, condition: str):
    once = narrowed(text, condition)
    assert parse(once).sort == parse(text).sort
    assert narrowed(once, condition) == once
    if once != text:
        assert parse(widened(once, condition)).tree == parse(text).tree


@pytest.mark.parametrize(
    "text",
    [
        *(
            "graph(ene)?",
            "(?:ab)+",
            "[a-z]+",
            "(?i)xy?",
            r"\bk-?means\b",
            "a{2,3}",
            "(a{2})*",
            "a??b",
            r"\(\?#",
        ),
        *(
            "[]a]",
            "[^]x]",
            "(?<!a)b",
            "a?" * 10,
            "a?b*c+",
            "a.*b.*c",
            "colou?r|grey",
            r"[\[\]]+",
            "x" * LONGEST,
        ),
    ],
)
def test_regular_expressions_that_can_be_used(text: str):
    assert fault(text) is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        re.compile(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "between the slashes"),
        ("x" * (LONGEST + 1), "shorten it"),
        ("gr(", "at its character 3"),
        ("[a", "still open"),
        ("[[", "still open"),
        ("a**", "multiple repeat"),
        ("a{99999999999}", "counts"),
        ("(a+)+", "forever"),
        ("((a+))+", "forever"),
        ("(a|a)*", "forever"),
        ("(a?){30}", "forever"),
        ("(?:(?:a|b)c)*", "forever"),
        ("(?P<n>a+)*", "forever"),
        ("(a+)(?#)+", "comments"),
        ("(?x)(a+) +", "flag x"),
        ("(?i-x:a)", "flag x"),
        ("((a)?(?(2)b|c)x+)+", "conditions"),
        (".*.*.*.*", "more than three"),
        ("a?" * 11, "or ten"),
        (r"\*?" * 11, "or ten"),
        ("a?" * 5 + "a*a*b", "some of both"),
        ("[[a]", "in a set"),
        ("[a--b]", "in a set"),
    ],
)
def test_regular_expressions_that_are_refused(text: str, words: str):
    assert words in (fault(text) or "")


@given(st.text(st.sampled_from("ab(|)[]{}?*+\\^$.-,23:#<=!ixP"), max_size=24))
def test_what_is_not_refused_compiles_without_a_warning_and_answers(text: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if fault(text) is None:
            began = time.monotonic()
            re.search(text, "a" * 40 + "!")
            assert time.monotonic() - began < 5  # (a+)+$ would take hours
