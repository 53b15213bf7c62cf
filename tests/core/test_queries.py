"""The search language: what a text means, what is said of it, and how it is written again."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arxtui.core.queries import (
    FIELDS,
    And,
    DateRange,
    Everything,
    Hint,
    In,
    Is,
    Node,
    Not,
    Or,
    PathGlob,
    Pattern,
    Phrase,
    Query,
    Word,
    explain,
    has_capitals,
    wanted,
    write,
)
from arxtui.core.queries import parse as parse_at
from tests.core.query_strategies import QUERY, TEXT, TREE

TODAY = date(2025, 8, 31)


def parse(text: str) -> Query:
    return parse_at(text, today=TODAY)


def words(*texts: str, field: str | None = None) -> Node:
    nodes = tuple(Word(text, field=field) for text in texts)
    return And(nodes) if len(nodes) > 1 else nodes[0]


A, B, C, D = (Word(letter) for letter in "abcd")


@pytest.mark.parametrize(
    "text", ["", "*", " ", " * ", "---", '""', "()", "+", "title:*", "* *", "* or a", "**"]
)
def test_nothing_means_all(text: str):
    assert parse(text).tree == Everything()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cusp caustic", ("cusp", "caustic")),
        ("  Cusp   CAUSTIC ", ("cusp", "caustic")),
        ("Schrödinger", ("schrodinger",)),
        (r"Schr\"odinger", ("schrodinger",)),
        (r"Schr{\"o}dinger", ("schrodinger",)),
        (r"\"Uber", ("uber",)),
        (r"na\"{\i}ve", ("naive",)),
        (r"Poincar\'e Erd\H os", ("poincare", "erdos")),
        (r"Fran\c cois", ("francois",)),
        (r"H$_2$O and\or x", ("h2o", "and", "or", "x")),
        (r"$\ell_2$", ("l2",)),
        ("α", ("alpha",)),
        (r"$\alpha$", ("alpha",)),
        (r"\(x\)", ("x",)),
        ("Kähler-Einstein", ("kahler", "einstein")),
        ("self-supervised", ("self", "supervised")),
        ("2507", ("2507",)),
        ("C*-algebra", ("c", "algebra")),
        ("C^* K_*", ("c", "k")),
        ("3d/2d", ("3d", "2d")),
        ("and/or", ("and", "or")),
        ("AT&T C++", ("at", "t", "c")),
        ("SU(2) f(x)", ("su", "2", "f", "x")),
        ("O(n log n) time", ("o", "n", "log", "time")),
        ("f( x ) y", ("f", "x", "y")),
        ("(O(n log n) time)", ("o", "n", "log", "time")),
        ("O(n (log n)) time", ("o", "n", "log", "time")),
        ("d'Alembert", ("d", "alembert")),
        ('5"', ("5",)),
        ("km / s / Mpc", ("km", "s", "mpc")),
        ("a /b", ("a", "b")),
        ("black-hole- --- x", ("black", "hole", "x")),
        ("G(2)-structures", ("g", "2", "structures")),
        ("+or +not", ("or", "not")),
        ("Need Not Imply", ("need", "not", "imply")),  # as titles are written
        ("Gravity: an introduction", ("gravity", "an", "introduction")),
        ("a a", ("a",)),
        ("(a)(b)", ("a", "b")),
    ],
)
def test_what_is_no_syntax_is_words(text: str, expected: tuple[str, ...]):
    assert parse(text) == Query(words(*expected))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a and b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a or b", Or((A, B))),
        ("a OR b or c", Or((A, B, C))),
        ("not a", Not(A)),
        ("-a", Not(A)),
        ("!a", Not(A)),
        ("not not a", A),
        ("a not b", And((A, Not(B)))),
        ("a b or c d", Or((And((A, B)), And((C, D))))),
        ("a and b or c and d", Or((And((A, B)), And((C, D))))),
        ("a (b or c) d", And((A, Or((B, C)), D))),
        ("a( (b or c) d", And((A, Or((B, C)), D))),
        ("not a b", And((Not(A), B))),
        ("not (a b)", Not(And((A, B)))),
        ("-(a or b)", Not(Or((A, B)))),
        ("((a or b))", Or((A, B))),
        ("a or (b or c)", Or((A, B, C))),
        ("-*", Not(Everything())),
        ("a or a", A),
        ('"a b"', Phrase(("a", "b"), "a b")),
        ("“a  b”", Phrase(("a", "b"), "a b")),
        ("„a b“ «c d»", And((Phrase(("a", "b"), "a b"), Phrase(("c", "d"), "c d")))),
        ('“a "b”', Phrase(("a", "b"), "a b")),
        ('-"a b"', Not(Phrase(("a", "b"), "a b"))),
        (r'"Schr\"odinger Equation"', Phrase(("schrodinger", "equation"), r"Schr\"odinger Equation")),
        ('"not"', Phrase(("not",), "not")),
        ("quan*", Word("quan", prefix=True)),
        ("self-superv*", And((Word("self"), Word("superv", prefix=True)))),
        ("title:a", Word("a", field="title")),
        ("Title:a", Word("a", field="title")),
        ("-title:a", Not(Word("a", field="title"))),
        ("title:a-b", words("a", "b", field="title")),
        ("title:-a", Word("a", field="title")),
        ("title:and", Word("and", field="title")),
        ("title:author:a", words("author", "a", field="title")),
        ('author:"d hilbert"', Phrase(("d", "hilbert"), "d hilbert", "author")),
        ('author:"Hilbert, David"', Phrase(("david", "hilbert"), "David Hilbert", "author")),
        ('title:"Hilbert, David"', Phrase(("hilbert", "david"), "Hilbert, David", "title")),
        ("author:(a or b*)", Or((Word("a", field="author"), Word("b", prefix=True, field="author")))),
        ("author:(a title:b)", And((Word("a", field="author"), Word("b", field="title")))),
        ("abstract:(a -b)", And((Word("a", field="abstract"), Not(Word("b", field="abstract"))))),
        ("comment:a", Word("a", field="comment")),
        ("title:/graph(ene)?/", Pattern("graph(ene)?", "title")),
        (r"title:/a\/b c/ d", And((Pattern("a/b c", "title"), D))),
        ("title:/a/b/", Pattern("a/b", "title")),
        ("title:(/a/ or /b/)", Or((Pattern("a", "title"), Pattern("b", "title")))),
        ("/x y/", Pattern("x y")),
        ("-/x/", Not(Pattern("x"))),
        ("id:2507.19427v2", Word("2507.19427", field="id")),
        ("id:2507", Word("2507", prefix=True, field="id")),
        ("id:math.GT/0309136", Word("math/0309136", field="id")),
        ("id:math.GT/03", Word("math/03", prefix=True, field="id")),
        ("category:math.AG", Word("math.ag", field="category")),
        ("category:math*", Word("math", prefix=True, field="category")),
        ("path:2020/**", PathGlob("2020/**")),
        ("path:/shelf/x", PathGlob("/shelf/x")),
        ("path:./2020/", PathGlob("2020")),
        ('path:"my files/*"', PathGlob("my files/*")),
        ("path:(a or b)", Or((PathGlob("a"), PathGlob("b")))),
        ("is:bookmarked", Is("bookmarked")),
        ("is:(read or To-Read)", Or((Is("read"), Is("to-read")))),
        ("comments:figures", Word("figures", field="comment")),
        ("Authors:(noether or hilbert)", parse("author:(noether or hilbert)").tree),
        ("list:Later", In("list", "Later")),
        ('list:"to read"', In("list", "to read")),
        (r'tag:"a \"b\" \\"', In("tag", r'a "b" \ '.strip())),
        ('note:"a lemma"', In("note", "a lemma")),
    ],
)
def test_syntax(text: str, tree: Node):
    assert parse(text) == Query(tree, strict=True)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2025-06-09", "2025-06-09", "2025-06-09"),
        ("2021..2023", "2021-01-01", "2023-12-31"),
        ("2021-11..2022-03-04", "2021-11-01", "2022-03-04"),
        ("..2019", None, "2019-12-31"),
        ("2021..", "2021-01-01", None),
        ("3months..", "2025-05-31", None),
        ("3months", "2025-05-31", None),
        ("6months..", "2025-02-28", None),
        ("1y..1m", "2024-08-31", "2025-07-31"),
        ("2weeks..", "2025-08-17", None),
        ("10d..", "2025-08-21", None),
        ("..1year", None, "2024-08-31"),
        ("99999years..", "0001-01-01", None),
        ("99999days..", "1751-11-17", None),
        ("today", "2025-08-31", "2025-08-31"),
        ("yesterday..", "2025-08-30", None),
        ("0001", "0001-01-01", "0001-12-31"),
    ],
)
@pytest.mark.parametrize("field", ["date", "updated"])
def test_dates(field: str, text: str, first: str | None, last: str | None):
    expected = DateRange("date", first, last)
    assert parse(f"{field}:{text}") == Query(dataclasses.replace(expected, field=field), strict=True)


def test_relative_dates_are_reckoned_from_the_day_it_is():
    assert parse_at("date:today").tree in [parse_at("date:today", today=day).tree for day in (date.today(),)]  # noqa: DTZ011


@pytest.mark.parametrize("name", ["date", "updated", "title", "id", "relevance", "occurrences", "added"])
def test_sorting_is_no_condition(name: str):
    assert parse(f"a sort:{name}") == Query(A, sort=name)
    assert parse(f"sort:-{name} a") == Query(A, sort=f"-{name}")
    assert str(parse(f"sort:-{name} (a or b)")) == f"(a or b) sort:-{name}"
    assert str(parse(f"sort:{name}")) == f"sort:{name}"


@pytest.mark.parametrize(
    "text", ["a", "a b-c", "2507.19427 a", "a sort:date", "(a b)", "a or", "is:re a", "- a", "*"]
)
def test_plain_words_are_not_strict(text: str):
    assert not parse(text).strict


@pytest.mark.parametrize(
    "text",
    ["2507.00001", "2507.00001v2", "arXiv:2507.00001", "https://arxiv.org/abs/2507.00001v3", " 2507.00001 "],
)
def test_an_identifier_or_a_link(text: str):
    query = parse(text)
    assert query.tree == Word("2507.00001", field="id")
    assert query.identifier is not None
    assert query.identifier.key == "2507.00001"


@pytest.mark.parametrize(
    "text",
    [
        "<https://arxiv.org/abs/2507.19427>",
        " [a title](https://arxiv.org/abs/2507.19427v2) ",
        "[](<http://arxiv.org/pdf/2507.19427.pdf>)",
        "https://www.alphaxiv.org/abs/2507.19427",
        "alphaxiv.org/overview/2507.19427v1",
        "https://huggingface.co/papers/2507.19427",
        "https://hf.co/papers/2507.19427#community",
        "https://ar5iv.org/abs/2507.19427",
        "https://ar5iv.labs.arxiv.org/html/2507.19427",
        "www.arxiv.org/html/2507.19427v1",
        "https://scirate.com/arxiv/2507.19427",
        "https://www.semanticscholar.org/arxiv/2507.19427",
    ],
)
def test_links_as_they_are_copied(text: str):
    query = parse(text)
    assert (query.tree, query.identifier and query.identifier.key) == (
        Word("2507.19427", field="id"),
        "2507.19427",
    )


@pytest.mark.parametrize(
    "text",
    [
        "eprint = {2507.19427}",
        'eprint="2507.19427v2",',
        "@misc{roe,\n title={Sheep, and not Goats: a Study},\n author={Doe, J. and Roe, R.},\n eprint={2507.19427}}",
        "@misc{roe, eprint={2507.19427}, url={https://arxiv.org/abs/2507.19428}}",
        "@article{roe2025sheep, title={Sheep}, journal={arXiv preprint arXiv:2507.19427}, year={2025}}",
        "@online{roe, arxivId = {2507.19427}}",
        "url = {https://arxiv.org/abs/2507.19427}",
        "?q=2507.19427",
        "https://example.org/search?p=2507.19427&n=1",
        "[2507.19427]",
        "{2507.19427}",
        "'arXiv:2507.19427',",
    ],
)
def test_what_stands_around_an_identifier_where_it_was_copied_says_nothing(text: str):
    assert parse(text).tree == Word("2507.19427", field="id")


def test_an_entry_that_names_several_papers_is_none_of_them():
    query = parse("@article{roe, title={On arXiv:2507.19427}, note={see also arXiv:2507.19428}}")
    assert query.identifier is None


@pytest.mark.parametrize("text", ["[x](https://example.org/2507.19427)", "https://huggingface.co/2507.19427"])
def test_links_elsewhere_name_no_paper(text: str):
    assert parse(text).identifier is None


def test_a_link_in_brackets_among_words_is_one_of_the_conditions():
    assert Word("2507.19427", field="id") in parse("see <https://arxiv.org/abs/2507.19427>, there").tree.nodes


def test_an_identifier_among_words_is_one_of_the_conditions():
    query = parse("cusp arXiv:2507.00001v2, math.GT/0309136")
    assert query.identifier is None
    assert query.tree == And(
        (Word("cusp"), Word("2507.00001", field="id"), Word("math/0309136", field="id")),
    )


SINCE_SPRING = DateRange("date", "2025-05-31", None)

HALF_TYPED = [
    ("title:/(sp", Pattern("(sp)", "title"), 6, "close it with /"),
    ("title:/a[bc", Pattern("a[bc]", "title"), 6, "close it with /"),
    ("title:/a(b[c", Pattern("a(b[c])", "title"), 6, "close it with /"),
    ("title:/a(b|", Pattern("a(b|)", "title"), 6, "close it with /"),
    ("title:/ab(", Pattern("ab", "title"), 6, "close it with /"),
    ('a "b c', And((A, Phrase(("b", "c"), "b c"))), 2, "close it with"),
    ('"', Everything(), 0, "close it with"),
    ('"step*', Phrase(("step",), "step*"), 0, "close it with"),
    ("a (b or c", And((A, Or((B, C)))), 2, "close it with )"),
    ("a)", A, 1, "leave ) out"),
    ("a) b", And((A, B)), 1, "leave ) out"),
    ("a or", A, 2, "before nothing"),
    ("a and", A, 2, "before nothing"),
    ("a not", A, 2, "before nothing"),
    ("(a or) b", And((A, B)), 3, "before nothing"),
    ("or a", A, 0, "+or looks for the word"),
    ("a and or b", Or((A, B)), 2, "before nothing"),
    ("a or and b", And((A, B)), 2, "before nothing"),
    ("a or not", A, 2, "before nothing"),
    ("a or and not", A, 2, "before nothing"),
    ("author:", Everything(), 0, "author:noether"),
    ("a title: or b", Or((A, B)), 2, "title:graphene"),
    ("title: -a", Not(A), 0, "title:graphene"),
    ("a is:re", A, 5, "did you mean read?"),
    ("is:un", Everything(), 3, "did you mean unread or untitled or unidentified?"),
    ("is:bokmarked", Everything(), 3, "did you mean bookmarked?"),
    ("is:zzz", Everything(), 3, "it is one of bookmarked, read,"),
    ("sort:-", Everything(), 5, "write sort:-date"),
    ("sort:da", Everything(), 5, "did you mean date?"),
    ("-sort:date", Everything(), 6, "sort:-date"),
    ("date:20", DateRange("date", "2000-01-01", "2099-12-31"), 5, "four digits"),
    ("date:199", DateRange("date", "1990-01-01", "1999-12-31"), 5, "four digits"),
    ("date:2", Everything(), 5, "write 2021"),
    ("date:2025-", DateRange("date", "2025-01-01", "2025-12-31"), 5, "month is missing"),
    ("date:2025-0", DateRange("date", "2025-01-01", "2025-12-31"), 5, "month is missing"),
    ("date:2025-13", DateRange("date", "2025-01-01", "2025-12-31"), 5, "months are 01 to 12"),
    ("date:2025-06-", DateRange("date", "2025-06-01", "2025-06-30"), 5, "day is missing"),
    ("date:2025-06-31", DateRange("date", "2025-06-01", "2025-06-30"), 5, "2025-06 has 30"),
    ("date:2021..x", DateRange("date", "2021-01-01", None), 5, "no date"),
    ("date:..", Everything(), 5, "no end"),
    ("date:3mon", DateRange("date", "2025-05-31", None), 5, "write 3months.."),
    ("date:2we..", DateRange("date", "2025-08-17", None), 5, "write 2weeks.."),
    ("date:3moons", Everything(), 5, "no date"),
    ("date:yes", DateRange("date", "2025-08-30", "2025-08-30"), 5, "write yesterday"),
    ("date:t", DateRange("date", "2025-08-31", "2025-08-31"), 5, "write today"),
    ("-", Everything(), 0, "right behind it: -word"),
    ("date:0000", Everything(), 5, "no date"),
    ("date:2023..2021", DateRange("date", "2021-01-01", "2023-12-31"), 5, "write 2021..2023"),
    ("date:2019-2021", DateRange("date", "2019-01-01", "2021-12-31"), 5, "2019..2021"),
    ("title:/gr", Pattern("gr", "title"), 6, "close it with /"),
    ("title:/gr(", Pattern("gr", "title"), 6, "close it with /"),
    ("title:/gr(ap[h", Pattern("gr(ap[h])", "title"), 6, "close it with /"),
    ("title:/gr\\", Pattern("gr", "title"), 6, "close it with /"),
    ("title:/(", Everything(), 6, "missing )"),
    ("title:/gr(/", Everything(), 6, "missing )"),
    ("path:2020/one.txt:339", PathGlob("2020/one.txt"), None, ""),
    ("path:2020:339", PathGlob("2020:339"), None, ""),
    ("title:/", Everything(), 6, "between the slashes"),
    ("title:/a**/", Everything(), 6, "multiple repeat"),
    ("title:/(a+)+/", Everything(), 6, "forever"),
    ("tag:/a/ b", And((In("tag", "/a/"), B)), None, ""),
    ("category:/a.*/", Everything(), 9, "no regular expression"),
    ("id:...", Word("...", prefix=True, field="id"), None, ""),
    ("id:+", Everything(), 3, "id:2507.19427"),
    ("unknown:word", words("unknown", "word"), 0, "fields are title, author"),
    ("year:2021", words("year", "2021"), 0, "did you mean date:?"),
    ("ti:a", words("ti", "a"), 0, "did you mean title:?"),
    ("AU:a", words("au", "a"), 0, "did you mean author:?"),
    ("abs:a", words("abs", "a"), 0, "did you mean abstract:?"),
    ("co:a", words("co", "a"), 0, "did you mean comment:?"),
    ("cat:hep-th", words("cat", "hep", "th"), 0, "did you mean category:?"),
    ("titel:a", words("titel", "a"), 0, "did you mean title:?"),
    ("(" * 50 + "a", A, 0, "close it with )"),
]


@pytest.mark.parametrize(("text", "tree", "column", "words_"), HALF_TYPED)
def test_half_typed_things_and_mistakes_mean_something_and_are_said(
    text: str, tree: Node, column: int | None, words_: str
):
    query = parse(text)
    assert query.tree == tree
    assert set(query.errors) <= set(query.hints)
    if column is None:
        assert not query.hints
    else:
        assert query.errors[0].column == column
        assert words_ in query.errors[0].message


@pytest.mark.parametrize("text", ["foo:bar", "journal:x", f"{'(' * 50}a{')' * 50}"])
def test_a_mistake_is_told_without_what_the_reader_makes_of_it(text: str):
    message = parse(text).errors[0].message
    assert not [done for done in ("looked for", "passed over", "left out") if done in message]


@pytest.mark.parametrize("text", ["a*b", "C*-algebra", '"C* algebra"', "a|b", "x^*y", "AT&T", "graphene*"])
def test_stars_and_strokes_of_mathematics_are_no_wildcards(text: str):
    assert not parse(text).hints


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_alone_says_what_it_takes(field: str):
    (error,) = parse(f"{field}:").errors
    _, _, example = error.message.partition("write ")
    assert example.startswith(f"{field}:")
    assert not parse(example).hints


@pytest.mark.parametrize(
    ("text", "tree", "hint"),
    [
        ("a -", A, Hint("- leaves out what stands right behind it: -word", 2)),
        ("author: a", Word("a", field="author"), Hint("author: takes what follows: leave the blank out", 8)),
        ("date:3m", SINCE_SPRING, Hint("date:3m: this is 3months.., up to today", 5)),
        ("date:92d", SINCE_SPRING, Hint("date:92d: this is 92days.., up to today", 5)),
        ("a || b", And((A, B)), Hint("|| is no operator here: write or", 2)),
        ("author:(a && b)", words("a", "b", field="author"), Hint("&& is no operator here: write and", 10)),
        (
            "gra*ene",
            words("gra", "ene"),
            Hint(r"a star stands for letters only at the end of a word: write gra* or /gra\w*ene/", 0),
        ),
        (
            "title:gra*ene",
            words("gra", "ene", field="title"),
            Hint(
                r"a star stands for letters only at the end of a word: write title:gra* or title:/gra\w*ene/",
                6,
            ),
        ),
        (
            'title:"step*"',
            Phrase(("step",), "step*", "title"),
            Hint("in quotes a star stands for nothing: write title:step*", 6),
        ),
        (
            'title:"one step*"',
            Phrase(("one", "step"), "one step*", "title"),
            Hint("in quotes a star stands for nothing: write title:(one step*)", 6),
        ),
        ("/gr(", words("gr"), Hint("a regular expression ends with / as well: words are looked for", 0)),
        ("x:y", words("x", "y"), None),
        ("https://www.example.org/a", words("example", "org", "a"), None),
        ("10.1103/abc", words("10", "1103", "abc"), None),
        (
            "https://arxiv.org/abs/",
            words("arxiv", "org", "abs"),
            Hint("this leads to no paper yet: write https://arxiv.org/abs/2507.19427, or 2507.19427", 0),
        ),
        (
            "is:read a -is:read",
            And((Is("read"), A, Not(Is("read")))),
            Hint("is:read and -is:read leave nothing: leave one of them out", 0),
        ),
        (
            "date:2025 date:..2023",
            And((DateRange("date", "2025-01-01", "2025-12-31"), DateRange("date", None, "2023-12-31"))),
            Hint("no day is of both date:2025 and date:..2023: put or between them", 0),
        ),
        ("doi:10.1103/abc", words("10", "1103", "abc"), None),
    ],
)
def test_what_is_odd_but_no_mistake(text: str, tree: Node, hint: Hint | None):
    query = parse(text)
    assert query.tree == tree
    assert not query.errors
    assert len(query.hints) == 1
    assert hint in (None, query.hints[0])


@pytest.mark.parametrize(
    "text", ["date:2025 updated:2026", "date:2024..2025 date:2025", "a -b", "is:read or -is:read"]
)
def test_what_may_be_true_of_a_paper_is_no_contradiction(text: str):
    assert not parse(text).hints


def test_parentheses_may_be_as_deep_as_anyone_likes():
    deep = "(" * 5000 + "a" + ")" * 5000 + " or b"
    assert parse(deep).tree == Or((A, B))


@pytest.mark.parametrize(
    ("text", "capitals"),
    [("ab", False), ("aB", True), (r"\W+", False), (r"\"o", False), (r"Schr\"o", True), ("Ω", True)],
)
def test_capitals(text: str, *, capitals: bool):
    assert has_capitals(text) is capitals


def test_what_speaks_for_a_paper():
    query = parse('a -b title:c* (not (d) or "e f")')
    assert list(wanted(query.tree)) == [A, Word("c", prefix=True, field="title"), Phrase(("e", "f"), "e f")]


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Or((A, And((B, C)))), "a or b c"),
        (And((A, Or((B, C)))), "a (b or c)"),
        (Not(And((A, B))), "-(a b)"),
        (Not(Or((A, B))), "-(a or b)"),
        (Word("or"), "+or"),
        (Word("or", field="title"), "title:or"),
        (Word("or", prefix=True), "or*"),
        (DateRange("date", "2021-01-01", "2023-12-31"), "date:2021..2023"),
        (DateRange("date", "2021-01-01", None), "date:2021.."),
        (DateRange("date", None, "2024-02-29"), "date:..2024-02"),
        (DateRange("updated", "2024-01-01", "2024-02-29"), "updated:2024-01..2024-02"),
        (DateRange("date", "2024-02-01", "2024-02-28"), "date:2024-02-01..2024-02-28"),
        (DateRange("date", "2024-02-03", "2024-02-03"), "date:2024-02-03"),
        (In("list", "to read"), 'list:"to read"'),
        (In("tag", 'a"\\'), r'tag:"a\"\\"'),
        (PathGlob("a b/**"), 'path:"a b/**"'),
        (Pattern("a/b", "title"), r"title:/a\/b/"),
    ],
)
def test_writing(tree: Node, text: str):
    assert write(tree) == text
    assert parse(text).tree == tree


def test_explaining():
    query = parse(
        'cusp or (author:(a or "D Hilbert") -date:2021.. title:/gr/ list:x is:read) -(a b) sort:-date is:re'
    )
    assert explain(query).splitlines() == [
        "any of these:",
        "  the word cusp",
        "  all of these:",
        "    any of these:",
        "      the word a in the author",
        '      the words "D Hilbert" in a row in the author, capitals as typed',
        "    not: dated since 2021-01-01",
        "    what matches /gr/ in the title",
        '    on the reading list "x"',
        "    marked as read",
        "    not:",
        "      all of these:",
        "        the word a",
        "        the word b",
        "nothing less will do",
        "oldest first",
        "column 97: is:re is not known: did you mean read?",
    ]
    assert explain(parse("*")) == "all papers"
    assert explain(parse("noet")).splitlines() == [
        "the word noet, or one that begins so",
        "where that finds too little, less will do: a word with a typo",
    ]
    assert explain(parse("graphene light 2014 1 la")).splitlines() == [
        "all of these:",
        "  the word graphene",
        "  the word light",
        "  the word 1",
        "  the word la, or one that begins so",
        "the year 2014, for the order alone",
        "where that finds too little, less will do: words with typos, or not all words",
    ]
    assert explain(parse("graphene 2014")).splitlines()[:2] == [
        "the word graphene",
        "the year 2014, for the order alone",
    ]
    assert explain(parse("2014")).startswith("the word 2014, or one that begins so, or the year")
    assert explain(parse("2507.19427 cusp")).splitlines()[-1] == (
        "where no paper has all of it, its identifiers will do"
    )
    assert explain(parse("2507.19427")).endswith("this very paper, for the whole query is its identifier")


@given(TEXT)
@example("a" * 300 + ":/")
@example("title:/[[a]/")
@example("not " * 3000)
def test_anything_can_be_typed(text: str):
    query = parse(text)
    for hint in query.hints:
        assert 0 <= hint.column < len(text)
        assert ": " in hint.message
    assert set(query.errors) <= set(query.hints)
    assert parse(write(query.tree)).tree == query.tree
    again = parse(str(query))
    assert (again.tree, again.sort, again.errors) == (query.tree, query.sort, ())
    assert explain(query)


@given(QUERY, st.integers(0, 200))
def test_every_beginning_of_a_query_means_something(text: str, length: int):
    query = parse(text[:length])
    assert all(0 <= hint.column < length for hint in query.hints)


@given(QUERY)
def test_a_query_without_mistakes_has_none(text: str):
    assert parse(text).errors == ()


@given(TREE)
def test_writing_and_reading_give_the_same_tree(tree: Node):
    query = parse(write(tree))
    assert query.tree == tree
    assert not query.errors
    expected = ("means the year", "leave nothing", "no day is of both")
    assert all(any(words in hint.message for words in expected) for hint in query.hints)


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:2102.13258v2 [cs.CV]",
        "arXiv:2102.13258v2 [cs.CV] 26 Feb 2021",
        "arXiv 2102.13258",
        "2102.13258 [cs.CV]",
    ],
)
def test_a_stamp_is_an_identifier(text: str):
    query = parse(text)
    assert query.tree == Word("2102.13258", field="id")
    assert query.identifier is not None


def test_an_identifier_before_a_word_is_no_stamp():
    assert parse("2102.13258 lattices").identifier is None


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("1411.55", "1411.55"),
        ("2507.192", "2507.192"),
        ("2507.19427v", "2507.19427"),
        ("arXiv:2507.1", "2507.1"),
        ("https://arxiv.org/abs/2507.1", "2507.1"),
        ("hep-th/0303", "hep-th/0303"),
        ("arXiv:2507", "2507"),
        ("arxiv:25", "25"),
        ("https://arxiv.org/abs/2507.", "2507."),
        ("math.GT/03091", "math/03091"),
    ],
)
def test_a_half_typed_identifier_is_the_beginning_of_one(text: str, beginning: str):
    assert parse(text).tree == Word(beginning, prefix=True, field="id")
    assert parse(text).strict


@pytest.mark.parametrize("text", ["1413.55", "3.14", "2507", "1411.55 kelvin", "1413.55401 kelvin"])
def test_other_numbers_are_words(text: str):
    assert not any(isinstance(leaf, Word) and leaf.field for leaf in wanted(parse(text).tree))


@pytest.mark.parametrize("text", ["9999.12345", "arXiv:1413.5540v2", "1411.55401"])
def test_what_only_looks_like_an_identifier_is_one_or_stands_so_in_a_text(text: str):
    number = text.removeprefix("arXiv:").removesuffix("v2")
    words = tuple(number.split("."))
    assert parse(text).tree == Or((Word(number, prefix=True, field="id"), Phrase(words, " ".join(words))))
    assert parse(text).strict


@pytest.mark.parametrize("text", ['title:""', "//", "\N{SLICE OF PIZZA}", "()", "---"])
def test_what_holds_no_letter_is_a_mistake(text: str):
    query = parse(text)
    assert query.tree == Everything()
    assert query.errors[-1].message == "there is no letter or digit to look for: * stands for all papers"


@pytest.mark.parametrize("text", ["", " ", "*", "title:*", "sort:date", "km // s", "-*"])
def test_what_means_all_or_holds_a_letter_is_none(text: str):
    assert parse(text).errors == ()


def test_a_year_in_a_strict_query_is_a_word_and_that_is_said():
    query = parse("author:noether 1915")
    assert query.hints == (Hint("1915 is looked for as a word: date:1915 means the year", 15),)
    assert query.errors == ()
    assert parse("noether 1915").hints == ()


@pytest.mark.parametrize(
    ("text", "typed", "in_a_row"),
    [
        ("Why sheep do not fall", "why sheep do not fall", True),
        ("rise or fall of 2001 sheep", "rise or fall of 2001 sheep", True),
        ("sheep not goats", "sheep not goats", False),
        ("Sheep on Sheep on hills", "sheep on sheep on hills", False),
        ("Comment: why sheep fall", "comment why sheep fall", True),
        ("comment:why sheep do fall", "", False),
        ("why sheep do NOT fall", "", False),
        ("why sheep and not goats fall", "", False),
        ("why sheep do -fall", "", False),
        ("why (sheep do not) fall", "", False),
        ("why sheep do not fall sort:date", "", False),
        ('why "sheep" do not fall', "", False),
    ],
)
def test_words_as_titles_hold_them(text: str, typed: str, in_a_row: bool):
    query = parse(text)
    assert query.typed == tuple(typed.split())
    assert query.in_a_row == (tuple(typed.split()) if in_a_row else ())
    told = f"also titles with all these words in a row, first of all: {typed}"
    assert (told in explain(query)) == in_a_row


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("sheep goats and cows", "sheep goats cows"),
        ("Sheep and what they graze", "sheep what they graze"),
        ("sheep and goats", ""),
        ("sheep and goats and cows and bees", ""),
        ("sheep goats or cows", "sheep goats cows"),
        ("sheep or goats or cows", ""),
        ("(2+1)-sheep (non)goats and cows", "2 1 sheep non goats cows"),
        ("sheep goats not cows", ""),
        ("sheep goats AND cows", ""),
        ("sheep goats and -cows", ""),
        ("(sheep goats) and cows", ""),
        ("author:sheep goats and cows", ""),
        ("sheep goats (and cows", "sheep goats cows"),
        ("Why not sheep) or what", "why sheep what"),
        ("Sheep:Goats and their ways", "sheep goats their ways"),
        ("sheep:goats and their ways", ""),
        ("sheep (and", ""),
        ('sheep goats (and "cows', "sheep goats cows"),
        ('sheep "goats graze" and cows', ""),
        ('Reply to "On sheep and goats"', "reply to on sheep and goats"),
        ('"On sheep and goats that graze"', ""),
        ('"On sheep and goats" (Roe 2012)', "on sheep and goats roe 2012"),
        ('A. Roe, B. Doe, "Sheep and goats," vol. 3 (2004).', "a roe b doe sheep and goats vol 3 2004"),
        ("sheep that do not graze on hills", "sheep that do graze on hills"),
        ("sheep that do -graze on hills or dales", ""),
        ("sheep that do NOT graze on hills", ""),
        ("SHEEP THAT DO NOT GRAZE ON HILLS", "sheep that do graze on hills"),
        (
            "why we know that sheep will almost certainly NOT climb hills",
            "why we know that sheep will almost certainly climb hills",
        ),
    ],
)
def test_what_may_be_a_title(text: str, loose: str):
    query = parse(text)
    assert query.loose == tuple(loose.split())
    told = f"where nothing is found, {loose} as plain words will do"
    assert (told in explain(query)) == bool(query.strict and loose)
    forgiven = query.forgiven()
    if query.errors and loose:
        assert (forgiven.tree, forgiven.strict, forgiven.errors) == (
            And(tuple(map(Word, query.loose))),
            False,
            (),
        )
    else:
        assert forgiven is query


@pytest.mark.parametrize(
    ("text", "word"), [(r"D\'\i az", "diaz"), (r"S\o rensen", "sorensen"), (r"Stra\ss e", "strasse")]
)
def test_the_blank_that_ends_the_name_of_a_letter_ends_no_word(text: str, word: str):
    assert parse(text).tree == Word(word)


@pytest.mark.parametrize("text", ["Z. -C. Yan", "0, 2, -2 and 3"])
def test_a_hyphen_within_a_name_or_before_a_number_leaves_nothing_out(text: str):
    assert not any(isinstance(node, Not) for node in getattr(parse(text).tree, "nodes", ()))


@pytest.mark.parametrize("text", ["sheep, -goats", "sheep -2", "date:2020.. -c.", "a. -cows", "(-b.)"])
def test_elsewhere_it_does(text: str):
    tree = parse(text).tree
    assert any(isinstance(node, Not) for node in getattr(tree, "nodes", [tree]))
