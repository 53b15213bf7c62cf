"""Plain words: what comes first, and what happens where all of them find too little."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.folding import fold
from arxtui.core.papers import Entry
from arxtui.library import Library, Results, asking
from arxtui.library.textschema import ANALYZER, COMMONEST, analyzer, document, lacking, schema

from .texts import Sample

Opening = Callable[..., Library]


def paper(
    number: int, title: str, authors: str = "Ann Other", abstract: str = "", year: int = 2020
) -> Sample:
    return Sample(
        f"{year % 100:02d}05.{number:05d}", title, authors, abstract or f"{title}, in short.", f"{year}-05-01"
    )


OWN = paper(1, "Kites of paper and bamboo", abstract="Toys, and others.")
OTHER = paper(2, "Kites and other toys")


@pytest.fixture
def find(folder: Path, open_here: Opening) -> Callable[..., list[str]]:
    """Puts papers into a library; the titles that a query finds, in order."""

    def search(query: str, *papers: Sample) -> list[str]:
        (folder / "papers.txt").write_text("".join(one.record() for one in papers))
        library = open_here()
        library.refresh()
        return [row.title or "" for row in library.search(query)]

    return search


def note(library: Library, query: str) -> str | None:
    return library.search(query).note


TITLE = paper(1, "Gravel on slopes", year=2001)
AUTHOR = paper(2, "Long walks", "Bea Gravel", year=2005)
TEXT = paper(3, "Loose stones", abstract="We look at gravel, and at gravel alone: gravel.", year=2024)


def test_title_before_authors_before_abstract(find: Callable[..., list[str]]):
    assert find("gravel", TEXT, AUTHOR, TITLE) == ["Gravel on slopes", "Long walks", "Loose stones"]


def test_a_year_alone_finds_its_papers_behind_those_that_name_it(find: Callable[..., list[str]]):
    named, of_year, other = paper(1, "Snow of 2017"), paper(2, "Rain", year=2017), paper(3, "Hail", year=2018)
    assert find("2017", named, of_year, other) == [named.title, of_year.title]


HOT, SHORT = paper(1, "Materials of high Tc"), paper(2, "High tension")
CARBON = paper(3, "High carbon with tcnq")


@pytest.mark.parametrize(
    ("query", "typing", "found"),
    [
        ("high Tc", False, {HOT, CARBON}),  # as a word, and as the beginning of one
        ("high Tc", True, {HOT, CARBON}),
        ("high t", True, {HOT, SHORT, CARBON}),  # may just have been begun
        ("high t ", True, set()),  # has not
        ("high t", False, set()),
    ],
)
def test_short_last_words_are_asked_for_unless_just_begun(
    folder: Path, open_here: Opening, query: str, typing: bool, found: set[Sample]
):
    (folder / "papers.txt").write_text("".join(one.record() for one in (HOT, SHORT, CARBON)))
    library = open_here()
    library.refresh()
    results = library.search(query, typing=typing)
    assert (results.note is None) == bool(found), results.note
    if found:
        assert set(results.keys()) == {one.key for one in found}
        assert "Tc" not in query or next(results.keys()) == HOT.key


def test_exact_before_beginning_before_typo(find: Callable[..., list[str]]):
    exact, longer, typo = (
        paper(1, "A kite"),
        paper(2, "Kitesurfing nights", year=2022),
        paper(3, "A kita", year=2024),
    )
    assert find("kite", typo, longer, exact) == ["A kite", "Kitesurfing nights"]


@pytest.mark.parametrize(
    "query",
    [
        "goedel numbers",
        "gödel numbers",
        "godel numbers",
        "title:goedel",
        "title:gödel",
        "author:doern",
        "author:dörn",
        "numbers goede",
        "numbers gödel",
        "title:goede*",
        "title:gödel*",
    ],
)
def test_umlauts_may_be_typed_as_two_letters(query: str, folder: Path, open_here: Opening):
    tex, umlaut, typed, other = (
        paper(1, r"G\"odel numbers", r"Ada D{\"o}rn"),
        paper(2, "Gödel numbers", "Bea Dörn"),
        paper(3, "Goedel numbers", "Cy Doern", year=2016),
        paper(4, "Golden numbers", "Dee Dorne"),
    )
    (folder / "papers.txt").write_text("".join(one.record() for one in (tex, umlaut, typed, other)))
    library = open_here()
    library.refresh()
    results = library.search(query)
    rows = results.rows(0, 9)
    assert results.note is None
    assert {row.key for row in rows} == {tex.key, umlaut.key, typed.key}
    assert "goedel numbers" not in query or rows[0].key == typed.key, "as it was typed it comes first"
    assert "del numbers" not in query or "oe" in query or rows[-1].key == typed.key
    field, text = ("author", "Bea Dörn") if "author" in query else ("title", "Gödel numbers")
    marked = [text[start:end] for start, end in results.spans(text, field)]
    assert "Dörn" in marked or "Göde" in "".join(marked)
    field, text = ("author", "Cy Doern") if "author" in query else ("title", "Goedel numbers")
    marked = [text[start:end] for start, end in results.spans(text, field)]
    assert "Doern" in marked or "Goede" in "".join(marked)


BRITISH = paper(
    1, "Modelling of coloured fibres", "Ada Dorn", "Coloured fibres that we analyse by modelling."
)
AMERICAN = paper(
    2, "Modeling of colored fibers", "Bea Dorn", "Colored fibers that we analyze by modeling.", 2016
)


@pytest.mark.parametrize(
    ("query", "british", "american"),
    [
        ("modelling fibres", ["Modelling", "fibres"], ["Modeling", "fibers"]),
        ("modeling fibers", ["Modelling", "fibres"], ["Modeling", "fibers"]),
        ("dorn coloured", ["coloured"], ["colored"]),
        ("fibres analyse", ["fibres"], ["fibers"]),
        ("fibers analyze", ["fibres"], ["fibers"]),
        (
            "fibres colour",
            ["colour", "fibres"],
            ["color", "fibers"],
        ),  # the last word is the beginning of others
        ("fibers color", ["colour", "fibres"], ["color", "fibers"]),
        ("title:modelling", ["Modelling"], ["Modeling"]),
        ("title:modeling", ["Modelling"], ["Modeling"]),
        ("title:colour*", ["colour"], ["color"]),
        ("title:color*", ["colour"], ["color"]),
        ("abstract:analyse", [], []),
        ("abstract:analyze", [], []),
        ("fibre* and colored", ["coloured", "fibre"], ["colored", "fiber"]),
        ("modelling dorn glass", ["Modelling"], ["Modeling"]),  # no paper has all words
    ],
)
def test_british_and_american_spellings_find_each_other(
    query: str, british: list[str], american: list[str], folder: Path, open_here: Opening
):
    other = paper(3, "Models of fabrics and colliders", "Cy Other", "Analytic.")
    (folder / "papers.txt").write_text("".join(one.record() for one in (BRITISH, AMERICAN, other)))
    library = open_here()
    library.refresh()
    results = library.search(query)
    rows = results.rows(0, 9)
    assert {row.key for row in rows} == {BRITISH.key, AMERICAN.key}
    assert results.note is None or "glass" in query
    assert sorted(_marked(results, BRITISH)) == sorted(british)
    assert sorted(_marked(results, AMERICAN)) == sorted(american)
    if query in ("modelling fibres", "modeling fibers"):
        first = rows[0].title or ""
        assert fold(first).startswith(query[:7]), "as it was typed it comes first"


def _marked(results: Results, one: Sample) -> list[str]:
    return [one.title[start:end] for start, end in results.spans(one.title, "title")]


@pytest.mark.parametrize("query", ['"modelling of coloured fibres"', '"modelling of"', 'title:"modelling"'])
def test_phrases_are_spelled_as_they_were_typed(query: str, find: Callable[..., list[str]]):
    assert find(query, BRITISH, AMERICAN) == [BRITISH.title]


def test_a_typo_finds_what_either_right_spelling_does(folder: Path, open_here: Opening):
    (folder / "papers.txt").write_text(BRITISH.record() + AMERICAN.record())
    library = open_here()
    library.refresh()
    for query in ("fibbres", "colouerd", "colord", "modelllings"):
        assert set(library.search(query).keys()) == {BRITISH.key, AMERICAN.key}, query


def test_plurals_are_found_in_either_spelling(folder: Path, open_here: Opening):
    singular = paper(1, "Bees", abstract="We watch their behavior.")
    plural = paper(2, "Wasps", abstract="We watch their behaviours.")
    (folder / "papers.txt").write_text(singular.record() + plural.record())
    library = open_here()
    library.refresh()
    for query in ("behaviours", "behaviour", "behaviors", "behavior"):
        results = library.search(f"{query} ")
        assert set(results.keys()) == {singular.key, plural.key}, query


def test_a_word_that_papers_hold_in_another_spelling_is_no_typo(folder: Path, open_here: Opening):
    papers = [paper(number, f"Color number {number}", "Ann Other", "Short.") for number in range(1, 60)]
    far = paper(60, "Glasses", "Ann Other", "A color, and a gleam.")
    (folder / "papers.txt").write_text("".join(one.record() for one in (*papers, far)))
    library = open_here()
    library.refresh()
    results = library.search("gleam colour ")
    assert (list(results.keys()), results.note) == ([far.key], None)


def test_words_near_each_other_count_more(find: Callable[..., list[str]]):
    near = paper(1, "How warm rain falls on roofs of tin", year=2001)
    far = paper(2, "Rain that falls on roofs is warm in tin", year=2021)
    assert find("warm rain", far, near)[0] == near.title


def test_of_equals_the_newer_comes_first(find: Callable[..., list[str]]):
    papers = [paper(number, f"Sledges {number}", year=2000 + number) for number in (7, 3, 12, 9)]
    assert find("sledges", *papers) == [f"Sledges {number}" for number in (12, 9, 7, 3)]


def test_a_year_is_a_hint(find: Callable[..., list[str]]):
    papers = [paper(number, f"Sledges {number}", year=2000 + number) for number in (7, 3, 12)]
    assert find("sledges 2003", *papers) == ["Sledges 3", "Sledges 12", "Sledges 7"]
    assert find("2003 sledges", *papers)[0] == "Sledges 3"


def test_a_year_that_no_paper_found_is_of_is_told(folder: Path, open_here: Opening):
    papers = [paper(number, f"Sledges {number}", year=2000 + number) for number in (15, 16, 18)]
    (folder / "sledges.txt").write_text("".join(one.record() for one in papers))
    library = open_here()
    library.refresh()
    assert note(library, "sledges 2016") is None
    assert note(library, "sledges 2013") == "none is of 2013"
    assert note(library, "sledges 2013 2011") == "none is of 2013 or 2011"
    assert note(library, "sledgse 2013") == "also matches with typos, none is of 2013"
    assert note(library, "2013") != "none is of 2013", "alone it is a word"


def test_a_year_is_met_by_a_paper_far_down(folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asking, "_CANDIDATES_OF_ALL", 1)
    best = paper(1, "Sledges of rain, and rain", year=2016)
    far = paper(2, "Winter", abstract="In the rain there are sledges.", year=2019)
    (folder / "sledges.txt").write_text(best.record() + far.record())
    library = open_here()
    library.refresh()
    assert note(library, "sledges rain 2019") is None
    assert note(library, "sledges rain 2018") == "none is of 2018"


def test_a_year_alone_is_a_word(find: Callable[..., list[str]]):
    assert find("1905", paper(1, "The year 1905 in lectures"), paper(2, "Another year")) == [
        "The year 1905 in lectures"
    ]


@pytest.fixture
def garden(folder: Path, open_here: Opening) -> Library:
    papers = [
        paper(1, "Watering tomatoes at night", "Emma Noethler"),
        paper(2, "Growing pumpkins in cellars", "Kurt Reidemeister"),
        paper(3, r"The Schr\"odinger equation of garden hoses", "Ole Ångström"),
        paper(4, "Compost and its temperature"),
    ]
    (folder / "garden.txt").write_text("".join(one.record() for one in papers))
    library = open_here()
    library.refresh()
    return library


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("watreing tomatoes", "Watering tomatoes at night"),  # swapped
        ("watering tomates", "Watering tomatoes at night"),  # left out
        ("pumpkyns cellars", "Growing pumpkins in cellars"),  # changed
        ("pummpkins", "Growing pumpkins in cellars"),  # put in
        ("reidmeistr", "Growing pumpkins in cellars"),  # two in a long word
        ("noehtler tomatoes", "Watering tomatoes at night"),
        ("shcrodinger", r"The Schr\"odinger equation of garden hoses"),
        ("Angstrom hosse", r"The Schr\"odinger equation of garden hoses"),
        ("grow pumpk cellars", "Growing pumpkins in cellars"),  # the beginning of another than the last
    ],
)
def test_typos_are_forgiven_and_told(garden: Library, query: str, title: str):
    results = garden.search(query)
    assert [row.title for row in results] == [title]
    assert results.note == "also matches with typos"


@pytest.mark.parametrize("query", ["tomatoes", "watering tom", "schrödinger hoses", "compost temperature"])
def test_what_is_found_as_typed_is_not_explained(garden: Library, query: str):
    assert garden.search(query).total == 1
    assert garden.search(query).note is None


@pytest.mark.parametrize(
    "query", ['"tomates"', "title:tomates", "watering and tomates", "-tomates watreing", "tomates*"]
)
def test_with_an_operator_nothing_is_forgiven(garden: Library, query: str):
    assert garden.search(query).total == 0
    assert garden.search(query).note is None


def test_a_word_that_nothing_near_the_others_contains_is_a_hint(garden: Library):
    results = garden.search("watering tomatoes zeppelin night")
    assert next(iter(results)).title == "Watering tomatoes at night"
    assert results.note is not None
    assert results.note.startswith("no paper has all words")


def test_short_words_are_not_taken_for_typos(garden: Library):
    assert garden.search("ant").total == 0
    assert garden.search("2021").total == 0


def test_the_total_is_exact_also_where_much_is_forgiven(garden: Library):
    for query in ("watreing", "watering zeppelin", "growing watering", "pumpkins compost zeppelin"):
        results = garden.search(query)
        assert results.total == len(list(results)) == len(set(results.keys()))
        assert [results.position(key) for key in list(results.keys())] == list(range(results.total))


def test_an_abstract_with_all_words_stays_before_titles_with_some(find: Callable[..., list[str]]):
    whole = paper(
        1, "Odd things", abstract="Feathers, marbles, candles, buttons and needles in one drawer.", year=2001
    )
    part = [paper(number, "Feathers and marbles and candles", year=2024) for number in range(2, 6)]
    assert find("feathers marbles candles buttons needles", *part, whole)[0] == "Odd things"


def test_typos_are_forgiven_in_papers_without_a_title(folder: Path, open_here: Opening):
    inline = paper(1, "", abstract="We say at which hour of the night a bed of tomatoes is best given water.")
    other = paper(2, "Night", abstract="An hour of it.")
    (folder / "papers.txt").write_text(f"{inline.inline()}\n\n{other.record()}")
    library = open_here()
    library.refresh()
    for query in ("tomates", "hour tomates", "tomates nihgt"):
        assert [row.key for row in library.search(query)] == [inline.key]
        assert note(library, query) == "also matches with typos"
    assert library.search("pumpkins").total == 0


def test_a_title_that_lacks_a_word_comes_before_a_typo_in_a_text(find: Callable[..., list[str]]):
    titled = paper(1, "Watering tomatoes in cellars at night")
    text = paper(2, "Beds", abstract="Watering tomatoes in cellars by zeppelyn.")
    assert find("watering tomatoes cellars zeppelin", titled, text)[0] == titled.title


COMMON_QUERIES = (
    "the",
    "in vi",
    "of",
    "in the",
    "the kites of",
    "and rain the",
    "rain for",
    "a rain 2003",
    "to kit",
)


@pytest.mark.parametrize("query", COMMON_QUERIES)
def test_words_that_many_papers_hold_find_the_same_as_others(
    find: Callable[..., list[str]], query: str, monkeypatch: pytest.MonkeyPatch
):
    """For millions of papers they are asked for by what lacks them; here the same papers are asked both ways."""
    texts = (
        "the",
        "The rain.",
        "of kites, in (rain)",
        "a-to-in the kites of and",
        "in vivo to",
        "Kitesurf! to and for",
    )
    papers = [
        paper(number, f"{title} {number}", authors="To The", abstract=abstract, year=2000 + number)
        for number, (title, abstract) in enumerate(product(("Rain", "Kites of the sand", "Of it"), texts), 1)
    ]
    as_few = set(find(query, *papers))
    monkeypatch.setattr(asking, "_COMMON", 0.0)
    monkeypatch.setattr(asking, "_COMMON_AT_LEAST", 0)
    assert set(find(query, *papers)) == as_few != set()


def test_words_that_all_papers_hold_list_the_newer_first(
    find: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(asking, "_COMMON", 0.0)
    monkeypatch.setattr(asking, "_COMMON_AT_LEAST", 0)
    papers = [paper(number, f"To Sledges {number}", year=2000 + number) for number in (7, 3, 12, 9)]
    assert find("to", *papers) == [f"To Sledges {number}" for number in (12, 9, 7, 3)]


SCRAPS = st.sampled_from(
    [*COMMONEST, "The", "them", "o", "é", "“", " ", "\n", "-", "(", "'", ".", "_", "5", "\\", "$"]
)


@given(st.lists(SCRAPS))
def test_a_paper_lacks_what_the_text_index_does_not_hold(scraps: list[str]):
    abstract = "".join(scraps)
    index = tantivy.Index(schema())
    index.register_tokenizer(ANALYZER, analyzer())
    writer = index.writer(15_000_000, 1)
    entry = Entry(0, 1, 1, "inline", None, None, None, None, abstract, None, None, None, ())
    writer.add_document(document(1, entry, None, "", (1,), variant=False))
    writer.commit()
    index.reload()

    def found(field: str, word: str) -> int:
        return index.searcher().search(tantivy.Query.term_query(index.schema, field, word)).count

    for word in COMMONEST:
        assert found("fact", lacking(word)) == 1 - found("abstract", word)


def test_a_word_that_was_typed_in_two_is_found(
    find: Callable[..., list[str]], folder: Path, open_here: Opening
):
    papers = [
        paper(1, r"A Schr\"odinger equation for tea"),
        paper(2, "Bases of tea data"),
        paper(3, "The equation"),
    ]
    assert find("schr odinger equation", *papers) == [r"A Schr\"odinger equation for tea"]
    library = open_here()
    assert note(library, "schr odinger equation 2020") == "taken as one word: schrodinger"
    assert note(library, "tea data") is None


def test_a_word_that_no_paper_holds_is_found_as_two(find: Callable[..., list[str]], open_here: Opening):
    papers = [
        paper(1, "Boats", abstract="A non-sinking boat, by SailV3."),
        paper(2, "Sinking by design: non and sailing"),
    ]
    assert find("nonsinking", *papers) == ["Boats"]
    library = open_here()
    assert note(library, "nonsinking boat") == "taken as two words: non sinking"
    assert note(library, "boat sailv") is None  # may go on


def test_what_is_found_only_narrows_while_a_word_is_typed(folder: Path, open_here: Opening):
    places = (
        paper(1, "Kitesurfing nights"),
        paper(2, "Nights", "Kim Kitesurf"),
        paper(3, "Winds", abstract="On kitesurfers, and kites."),
    )
    remark = paper(4, "Sails").record(comments="Kitesurf cover")
    (folder / "papers.txt").write_text("".join(one.record() for one in places) + remark)
    library = open_here()
    library.refresh()
    found = [set(library.search("kitesurfing"[:end]).keys()) for end in range(1, 12)]
    assert [len(keys) for keys in found] == [4, 4, 4, 4, 4, 4, 4, 4, 1, 1, 1]
    assert all(after <= before for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("see 2005.00002", ["Kites"]),
        ("Other et al 2020 arXiv:2005.00002v3, in print", ["Kites"]),
        ("2005.00002 2005.00001", ["Kites", "Sledges"]),
        ("kites 2005.00002", ["Kites"]),
        ("see 2005.00009", []),
        ("see and 2005.00002", []),
    ],
)
def test_words_around_an_identifier_are_hints(find: Callable[..., list[str]], query: str, titles: list[str]):
    assert sorted(find(query, paper(1, "Sledges"), paper(2, "Kites"))) == titles


def test_so_many_words_are_asked_for_in_few_steps(
    find: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
):
    asked: list[object] = []
    ask = asking.Reading._all
    monkeypatch.setattr(asking.Reading, "_all", lambda *of: asked.append(of) or ask(*of))
    others = " ".join(f"{first}{second}quiz" for first, second in product("bdfgk", "aeiouy"))
    found = find(f"{others} loose stones gravel", TITLE, AUTHOR, TEXT)
    assert found[0] == TEXT.title
    assert len(asked) <= 40, "as many as there are words, for each way to let them off, would be 90"


@pytest.fixture
def shed(folder: Path, open_here: Opening) -> Library:
    """Papers that hold words in their texts alone, and two authors of one forename."""
    texts = [
        paper(
            number,
            f"Sheds {number}",
            abstract=f"Old lanterns, a number of them, hung beside ladders, {number}.",
        )
        for number in range(1, 31)
    ]
    titled = paper(40, "A lantern and its ladder", "Ida Lanturn")
    (folder / "shed.txt").write_text("".join(one.record() for one in (*texts, titled)))
    library = open_here()
    library.refresh()
    return library


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("lantrens ladders", "lanterns ladders"),
        ("lanterns laddres", "lanterns ladders"),
        ("lantrens laddres", "lanterns ladders"),
        ("lnaterrns", "lanterns"),
        ("alnterns nubmer ladders", "lanterns number ladders"),
        ("ladders lantrens 2020", "ladders lanterns 2020"),
    ],
)
def test_a_typo_lists_what_the_right_spelling_lists(shed: Library, mistyped: str, meant: str):
    right, found = shed.search(meant), shed.search(mistyped)
    assert right.note is None
    assert found.note == "also matches with typos"
    assert set(right.keys()) <= set(found.keys()), "in all fields"
    assert found.total <= right.total + 1
    text = "Old lanterns, a number of them, hung beside ladders."
    assert found.spans(text, "abstract") == right.spans(text, "abstract") != []
    both = set(right.keys())
    assert [key for key in found.keys() if key in both] == list(right.keys()), "in the same order"  # noqa: SIM118


def test_a_word_begun_with_a_typo_is_found_while_it_is_typed(shed: Library):
    found = shed.search("ladders lanetr", typing=True)
    assert found.total >= 30
    assert found.note == "also matches with typos"


def test_a_word_that_nearly_no_paper_holds_is_first_what_it_is(folder: Path, open_here: Opening):
    common = [paper(number, f"Lantern {number}") for number in range(1, 121)]
    rare = paper(200, "A barn", abstract="One lanturn hangs here.", year=2016)
    name = paper(201, "A shed", "Ida Lantorn", year=2016)
    (folder / "shed.txt").write_text("".join(one.record() for one in (*common, rare, name)))
    library = open_here()
    library.refresh()
    found = library.search("lanturn")
    assert next(found.keys()) == rare.key
    assert found.total == 122
    assert found.note == "also matches with typos"
    assert list(library.search("lantorn").keys()) == [name.key], "a name is meant as it stands"
    assert list(library.search("lanturn and lanturn").keys()) == [rare.key]


def test_the_plural_is_found_where_words_give_too_little(folder: Path, open_here: Opening):
    one = paper(1, "A lantern", abstract="It hangs below a bridge at dusk.")
    many = [paper(number, f"Lanterns {number}") for number in range(2, 30)]
    (folder / "shed.txt").write_text("".join(each.record() for each in (one, *many)))
    library = open_here()
    library.refresh()
    found = library.search("lanterns dusk")
    assert (list(found.keys()), found.note) == ([one.key], "also matches singular and plural")
    assert found.spans("A lantern", "title") == [(2, 9)]
    assert library.search("lanterns 2020").total == 28, "enough"
    assert library.search("lanterns and dusk").total == 0
    mistyped = library.search("lanterns brigde")
    assert (list(mistyped.keys()), mistyped.note) == ([one.key], "also matches with typos"), (
        "as lanterns bridge"
    )


@pytest.mark.parametrize(
    ("query", "found", "note"),
    [
        ("why kites do not fall", {1, 2}, "also titles with these words in a row"),
        ("kites do not fall", {1, 2}, "also titles with these words in a row"),
        ("why kites do and not fall", {2}, None),
        ("why kites do NOT fall", {2}, None),
        ("why kites do -fall", {2}, None),
        ("why kites (do not fall)", {2}, None),
        ("kites not fall", {2}, None),  # too few to have been copied
        ("why kites do or rise and fall", {1, 2}, None),
    ],
)
def test_a_title_that_was_copied_is_found_though_it_holds_an_operator(
    folder: Path, open_here: Opening, query: str, found: set[int], note: str | None
):
    copied = paper(1, "Why kites do not fall", year=2016)
    other = paper(2, "Why the kites we have do rise", year=2021)
    (folder / "kites.txt").write_text(copied.record() + other.record())
    library = open_here()
    library.refresh()
    results = library.search(query)
    assert {int(key[-1]) for key in results.keys()} == found  # noqa: SIM118  no dict
    assert results.note == note
    assert note is None or next(results.keys()) == copied.key
    assert set(library.search(query, sort="title").keys()) == set(results.keys())


def test_a_title_that_was_copied_may_begin_as_a_field_does(find: Callable[..., list[str]]):
    title = "Comment: Kites on strings"
    assert find(title, paper(1, title), paper(2, "Kites on strings")) == [title]
    assert find("Comment:Kites on strings", paper(1, title), paper(2, "Kites on strings")) == []


def test_a_title_that_was_copied_comes_first_though_a_word_stands_twice(find: Callable[..., list[str]]):
    copied = paper(1, "Kites on strings on kites", year=2016)
    others = [paper(number, f"Strings on kites on {number} hills", year=2021) for number in range(2, 5)]
    assert find("kites on strings on kites", *others, copied)[0] == copied.title


@pytest.mark.parametrize(
    ("query", "found", "note"),
    [
        ("kites and other toys", {OWN, OTHER}, None),
        ("kites of paper and bambo", {OWN}, "looked for as plain words"),
        ("kites of paper and bamdoo", {OWN}, "looked for as plain words; also matches with typos"),
        ("kites of paper AND bamdoo", set(), None),
        ("kites and paper and bamdoo", set(), None),
        ("kites of paper not bamboo", set(), None),
    ],
)
def test_a_title_with_a_small_and_is_found_although_it_is_half_remembered(
    folder: Path, open_here: Opening, query: str, found: set[Sample], note: str | None
):
    (folder / "papers.txt").write_text(OWN.record() + OTHER.record())
    library = open_here()
    library.refresh()
    results = library.search(query)
    assert set(results.keys()) == {each.key for each in found}
    assert results.note == (None if note is None else f"nothing has all of this: {note}")


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("Lind et al.", None),
        ("lind et al. kites", None),
        ("Lind and Roe (2020) bamboo", "looked for as plain words"),
        (
            'A. Lind, B. Roe, "Kites of paper," J. Toys, vol. 3, no. 2, 2020.',
            "looked for as plain words; no paper",
        ),
        ('A. Lind et al., "Toys," arXiv:2005.00001, 2020.', "those with the identifiers"),
        ("Kites that are not of silk but of paper and bamboo", "looked for as plain words"),
        ("KITES OF BAMBOO AND OF PAPER", None),
    ],
)
def test_references_and_sentences_are_found(folder: Path, open_here: Opening, query: str, note: str | None):
    own = paper(
        1, "Kites of paper and bamboo", "Ada Lind, Bo Roe", "Kites that are not of silk but of paper."
    )
    other = paper(2, "Hyperplanes", "Eve Zorn et al.", "On work of others, Zorn et al. say.")
    (folder / "papers.txt").write_text(own.record() + other.record())
    library = open_here()
    library.refresh()
    results = library.search(query)
    assert next(results.keys()) == own.key
    assert (note or "") in (results.note or "")
    assert bool(note) == bool(results.note)


def test_of_a_page_the_words_that_tell_most_are_looked_for(folder: Path, open_here: Opening):
    page = " ".join(f"{'abcdefghij'[at % 10]}{'klmnopqrst'[at // 10]}xyz" for at in range(60))
    own = paper(1, "Kites", abstract=f"{page} and a silken tail")
    others = [paper(number, "Toys", abstract=f"{page} number {number}") for number in range(2, 30)]
    (folder / "papers.txt").write_text("".join(each.record() for each in (own, *others)))
    library = open_here()
    library.refresh()
    assert library.search(f"{page} silken tail").note is None
    results = library.search(f"{page} silken tail nowhere")
    assert next(results.keys()) == own.key
    assert results.note == "of 63 words the 24 that tell most"
    nothing = library.search(" ".join(f"nowhere{number}" for number in range(40)))
    assert (nothing.total, nothing.note) == (0, "of 40 words the 24 that tell most")


def test_a_word_that_few_write_in_one_is_looked_for_in_two_as_well(folder: Path, open_here: Opening):
    one = paper(1, "Kitesurfing at dawn")
    two = [paper(number, f"A kite surfing {number}") for number in range(2, 14)]
    apart = paper(14, "Surfing without a kite")
    (folder / "papers.txt").write_text("".join(each.record() for each in (one, *two, apart)))
    library = open_here()
    library.refresh()
    results = library.search("kitesurfing")
    assert next(results.keys()) == one.key
    assert set(results.keys()) == {one.key, *(each.key for each in two)}
    assert results.note == "also as two words: kite surfing"
    assert results.spans("Kitesurfing by kite", "title") == [(0, 11), (15, 19)]
    assert library.search("kitesurf", typing=True).note is None, "it is not whole yet"
    assert library.search("kitesurfing and dawn").total == 1


def test_a_long_text_that_names_papers_is_its_own_paper(folder: Path, open_here: Opening):
    named = paper(1, "Kites")
    text = " ".join(f"{first}{second}word" for first in "abcdefgh" for second in "klmnopqr")
    own = paper(2, "Toys", abstract=f"{text} as in {named.key} and others")
    (folder / "papers.txt").write_text(named.record() + own.record())
    library = open_here()
    library.refresh()
    assert list(library.search(f"as told in {named.key} and by others in words").keys()) == [named.key]
    assert next(library.search(f"{text} as in {named.key} and others, and Toys nowhere").keys()) == own.key


def test_a_rare_word_is_none_that_it_only_looks_like(folder: Path, open_here: Opening):
    rare = paper(1, "Loess in the hills")
    others = [paper(number, f"Loss {number}") for number in range(2, 250)]
    (folder / "papers.txt").write_text("".join(each.record() for each in (rare, *others)))
    library = open_here()
    library.refresh()
    assert list(library.search("title:loess").keys()) == [rare.key]
    assert library.search("title:loss").total == 249
