"""Queries as Hypothesis makes them: any text, text out of what the language is made of, and trees."""

from __future__ import annotations

from hypothesis import strategies as st

from arxtui.core.queries import (
    FIELDS,
    SORTS,
    STATES,
    TEXT_FIELDS,
    DateRange,
    Everything,
    In,
    Is,
    Node,
    PathGlob,
    Pattern,
    Phrase,
    Word,
    all_of,
    any_of,
    opposite,
)

_PIECES = st.sampled_from(
    [
        *(f"{field}:" for field in FIELDS),
        *(f"is:{state}" for state in STATES),
        *(f"sort:{name}" for name in SORTS),
        *('( ) " / - ! * \\ and or not + $ { } ^ : . .. .-1 ? [ ] | “ \\" \\/ \\H ˝ ß İ ﬁ ＡＮＤ'.split()),
        *(
            "cusp Cusp α 2021 2025-06 3months 2507.19427v2 math.GT/0309136 arxiv: https:// x:y ./ /a/ \\alpha".split()
        ),
        " ",
        " ",
        "\n",
    ]
)
TEXT = st.text() | st.lists(_PIECES, max_size=14).map("".join) | st.lists(_PIECES, max_size=10).map(" ".join)

_NAME = st.text(
    st.characters(codec="utf-8", exclude_categories=["Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=8
)
_PLAIN = st.sampled_from("a cusp and or not 2021 h2o 17 title".split())
_TEXT_FIELD = st.none() | st.sampled_from(TEXT_FIELDS)
_DAYS = st.dates().map(lambda day: day.isoformat())
_FIRST = st.sampled_from(["1999-01-01", "2021-01-01", "2024-02-01"]) | _DAYS
_LAST = st.sampled_from(["9999-12-31", "2024-12-31", "2024-02-29"]) | _DAYS


def _range(first: str, last: str, open_end: int) -> DateRange:
    low, high = sorted((first, last))
    return DateRange("date", None if open_end == 1 else low, None if open_end == 2 else high)


_LEAF: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    st.builds(Word, _PLAIN, st.booleans(), _TEXT_FIELD),
    st.builds(Word, st.sampled_from(["hep-th", "math.ag"]), st.booleans(), st.just("category")),
    st.sampled_from([Word("2507.19427", field="id"), Word("math/03", prefix=True, field="id")]),
    st.builds(
        lambda words, field: Phrase(tuple(words), " ".join(words), field),
        st.lists(_PLAIN, min_size=1, max_size=3),
        _TEXT_FIELD,
    ),
    st.builds(
        Pattern,
        st.sampled_from(["a", "a/b", r"\\", r"(a|b)c?", r"\w+ x", r"a\) /b", r"a\\/b", "[/]", '"']),
        _TEXT_FIELD,
    ),
    st.builds(_range, _FIRST, _LAST, st.integers(0, 2)),
    st.builds(Is, st.sampled_from(list(STATES))),
    st.builds(PathGlob, st.sampled_from(["2020/**", "a b", "/x", 'q"', "c:\\x", "(a"])),
    st.builds(In, st.sampled_from(["list", "tag", "note"]), _NAME.map(lambda name: f"x{name} {name}")),
)
TREE = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(all_of),
        st.lists(inner, min_size=1, max_size=4).map(any_of),
        inner.map(opposite),
    ),
    max_leaves=8,
)

_VALID = st.sampled_from(
    [
        "cusp",
        "quan*",
        '"exact Phrase"',
        "title:(a or -b)",
        "/x y/",
        "title:/graph(ene)?/",
        "date:2021..2023",
        "updated:3months..",
        "path:2020/**",
        'list:"to read"',
        "is:unread",
        "-author:noether",
        "not (a b)",
        "2507.19427",
        r"Schr\"odinger",
        "SU(2)",
    ]
)
_JOINTS = st.sampled_from([" ", " and ", " OR ", " not ", "\t"])
QUERY = st.builds(
    lambda first, others, order: first + "".join(joint + term for joint, term in others) + order,
    _VALID,
    st.lists(st.tuples(_JOINTS, _VALID), max_size=5),
    st.sampled_from(["", " sort:-date"]),
)
"""Queries without a mistake."""
