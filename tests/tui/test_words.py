"""What the reader says and how it lays text out: without a screen."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from arxtui.core.highlighting import Highlights
from arxtui.core.papers import Entry, Occurrence, Paper
from arxtui.core.queries import Word, parse, wanted
from arxtui.library import Counts, Place, Progress, Row
from arxtui.tui.detail_text import author_words, detail_text, paragraphs
from arxtui.tui.layout import visible_panes
from arxtui.tui.marks import Marks, Selected
from arxtui.tui.occurrences_screen import variants_text
from arxtui.tui.progress_words import Pace, bar, left_words, rate_words, reading_words
from arxtui.tui.rows import fit, lines_per_row, row_lines
from arxtui.tui.variants import Difference, Variant, differences
from arxtui.tui.views import Shelf, View, count_words, empty_words, foot_ways, slow_ways

NOTHING = Highlights()


def looking_for(*words: str) -> Highlights:
    return Highlights([Word(word, prefix=True) for word in words])


COUNTS = Counts(papers=16, occurrences=20, files=5, problems=0, unidentified=0, bytes=1000)
SAND = Place(0, "002.txt")


@pytest.mark.parametrize(
    ("view", "shown", "words"),
    [
        (View(), 16, "16 papers, 4 repeats folded, no problems"),
        (View(query="cusp"), 3, "3 of 16 papers match"),
        (View(query="cusp"), 1, "1 of 16 papers matches"),
        (View(query="cusp"), 0, "none of 16 papers matches"),
        (View(query="*"), 16, "16 papers, 4 repeats folded, no problems"),
        (View(query="cusp", place=SAND, place_name="002.txt"), 3, "3 of 16 papers match in 002.txt"),
        (View(place=SAND, place_name="002.txt"), 4, "4 of 16 papers in 002.txt"),
        (View(shelf=Shelf("list", "bookmarks")), 1, "1 paper in bookmarks"),
        (View(query="cusp", shelf=Shelf("list", "bookmarks")), 2, "2 papers match in bookmarks"),
    ],
)
def test_the_status_line_speaks_in_words(view: View, shown: int, words: str):
    assert count_words(view, shown, COUNTS) == words


def test_problems_and_missing_identifiers_are_counted():
    counts = COUNTS._replace(problems=2, unidentified=1, occurrences=17)
    assert (
        count_words(View(), 16, counts) == "16 papers, 1 repeat folded, 1 without identifier, 2 problems (!)"
    )


def fitting(ways: list[tuple[str, str]], cells: int) -> tuple[str, str]:
    return next(way for way in ways if len(way[0]) + len(way[1]) + 2 <= cells)


def test_what_is_read_is_told_while_sorting_where_there_is_room():
    long, short = "Sorting … the list is still the one before; esc gives it up", "Sorting … esc gives it up"
    assert fitting(slow_ways("Sorting", []), 100) == (long, "")
    assert fitting(slow_ways("Sorting", []), 60) == (short, "")
    doing = ["reading 120 of 601 files, 3 min left", "120/601"]
    ways = slow_ways("Sorting", doing)
    assert fitting(ways, 100) == (long, doing[0])
    assert fitting(ways, 80) == (long, doing[1])
    assert fitting(ways, 65) == (short, doing[0])
    assert fitting(ways, 60) == (short, doing[1])
    assert fitting(ways, 30) == (short, "")


def test_order_and_place_stay_where_counts_do_not_fit():
    counts = ["2,918,407 papers, 85,021 repeats folded, 3 problems (!)"]
    counts += ["2,918,407 papers, 3 problems (!)", "2,918,407 papers"]
    place = "5 of 2,918,407"
    order = "sorted by title, Z to A"
    usual = f"{order}, {place}"
    ways = foot_ways(counts, [], None, order, place)
    assert fitting(ways, 110) == (counts[0], usual)
    assert fitting(ways, 90) == (counts[1], usual)
    assert fitting(ways, 60) == (counts[2], usual)
    assert fitting(ways, 40) == (counts[2], place)
    assert foot_ways(["3 match"], [], "forgiving", order, place)[0] == ("3 match, forgiving", usual)
    typos = "also matches with typos"
    lefts = foot_ways(["1 of 6 papers matches in a.txt", "1 matches"], [], typos, order, place)
    assert [left for left, _ in lefts[:2]] == [f"1 of 6 papers in a.txt, {typos}", f"1 found, {typos}"]
    doing = ["reading 120 of 601 files, 3 min left", "120/601"]
    ways = foot_ways(counts, doing, None, order, place)
    assert fitting(ways, 100) == (counts[2], f"{doing[0]}; {usual}")
    assert fitting(ways, 70) == (counts[2], f"{doing[1]}; {usual}")
    assert fitting(ways, 50) == (counts[2], f"{doing[1]}; {place}")
    assert fitting(ways, 30) == (counts[2], doing[1])
    assert foot_ways(["no papers yet"], ["120/601"], None, "", "")[0] == ("no papers yet", "120/601")


PROGRESS = Progress(120, 601, 300_000_000, 1_000_000_000, 120_000)


def test_progress_is_said_in_words():
    pace = Pace()
    assert pace.report(0.0, PROGRESS._replace(bytes_done=0)) is None
    speed = pace.report(10.0, PROGRESS)
    assert speed is not None
    assert speed.rate == 30_000_000
    ways = reading_words(PROGRESS, speed, searching=False)
    assert ways[0] == "reading 120 of 601 files ▕███▌░░░░░░░░▏ 30 MB/s, 25 s left"
    assert "120/601 files ▕█▏░░▏ 30 MB/s, 25 s left" in ways
    assert [cell_len(way) for way in ways] == sorted((cell_len(way) for way in ways), reverse=True)
    assert reading_words(PROGRESS, None, searching=False)[0] == "reading 120 of 601 files ▕███▌░░░░░░░░▏"
    searching = reading_words(PROGRESS, speed, searching=True)
    assert all("searching what has been read so far" in way for way in searching)
    assert cell_len(searching[-1]) + len("59,398 match") + 2 <= 58, "it fits 60 columns"


def test_what_another_program_does_is_said():
    ways = reading_words(PROGRESS._replace(state="writing"), None, searching=False)
    assert ways[0] == "another arxtui is reading 120 of 601 files ▕███▌░░░░░░░░▏"
    assert ways[-2:] == ["another arxtui reads 120/601 ▕█▏░░▏", "another arxtui reads ▕█▏░░▏"]
    assert cell_len(ways[-1]) + len("1,234,567 papers") + 2 <= 58, "how far it is is seen in 60 columns"
    assert [cell_len(way) for way in ways] == sorted((cell_len(way) for way in ways), reverse=True)
    ways = reading_words(PROGRESS._replace(state="paused"), None, searching=True)
    assert ways[0] == "another arxtui is paused at 120 of 601 files ▕███▌░░░░░░░░▏"
    assert ways[-1] == "another arxtui is paused ▕█▏░░▏"
    nothing = Progress(0, 0, 0, 0, 0, state="writing")
    assert reading_words(nothing, None, searching=False) == ["another arxtui is reading the files"]
    repair = PROGRESS._replace(state="repairing")
    assert reading_words(repair, None, searching=False)[0] == "making the search index again ▕███▌░░░░░░░░▏"


def test_a_pause_does_not_slow_the_speed_down():
    pace = Pace()
    pace.report(0.0, PROGRESS._replace(bytes_done=0))
    pace.restart()
    pace.report(100.0, PROGRESS._replace(bytes_done=50_000_000))
    speed = pace.report(104.0, PROGRESS._replace(bytes_done=90_000_000))
    assert speed is not None
    assert speed.rate == 10_000_000


def test_files_that_read_slower_for_a_while_do_not_make_the_time_left_jump():
    pace, done, told = Pace(), 0, []
    for second in range(300):
        done += 3_000_000 if second % 10 < 5 else 1_000_000
        speed = pace.report(float(second), PROGRESS._replace(bytes_done=done, bytes_total=2_000_000_000))
        if speed is not None and second > 40:
            told.append(second + speed.left)
    assert max(told) < 1.2 * min(told)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (0, "▕░░░░▏"),
        (1, "▕░░░░▏"),
        (50, "▕██░░▏"),
        (57, "▕██▎░▏"),
        (99, "▕███▉▏"),
        (100, "▕████▏"),
        (120, "▕████▏"),
    ],
)
def test_the_bar(done: int, words: str):
    assert bar(done, 100, 4) == words
    assert bar(done, 0, 4) in ("▕░░░░▏", "▕████▏")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "5 s left"),
        (18, "20 s left"),
        (56, "55 s left"),
        (58, "1 min left"),
        (170, "3 min left"),
        (7200, "2 h left"),
    ],
)
def test_the_time_left(seconds: float, words: str):
    assert left_words(seconds) == words


@pytest.mark.parametrize(
    ("rate", "words"),
    [(80_000, "80 kB/s"), (1_440_000, "1.4 MB/s"), (9_970_000, "10 MB/s"), (31e6, "31 MB/s")],
)
def test_the_rate(rate: float, words: str):
    assert rate_words(rate) == words


def test_the_same_sort_again_reverses():
    assert View().sorted_by("date") == "-date"
    assert View(sort="-date").sorted_by("date") == "date"
    assert View().sorted_by("title") == "title"
    assert View(sort="title").sorted_by("title") == "-title"
    assert View(query="cusp").sorted_by("relevance") == "-relevance"
    assert View(query="cusp").sorted_by("date") == "date"
    assert View(query="date:2021").sorted_by("date") == "-date", "without words, newest first"
    assert View(shelf=Shelf("list", "bookmarks")).sorted_by("date") == "date"


def test_an_empty_list_says_what_to_do():
    assert "“zebra”" in empty_words(View(query="zebra"), [], reading=False).title
    assert "esc" in empty_words(View(query="zebra"), [], reading=False).advice
    for shelf, where in (
        (Shelf("is", "unread"), "among those unread"),
        (Shelf("is", "to-read"), "among those to read"),
        (Shelf("list", "flow"), "in flow"),
        (Shelf("tag", "optics"), "tagged optics"),
    ):
        on_shelf = View(query="zebra", shelf=shelf)
        assert empty_words(on_shelf, [], reading=False).title == f"No paper {where} matches “zebra”"
        assert empty_words(on_shelf, [], reading=False).advice == "esc ends the search."
        assert count_words(on_shelf, 3, COUNTS) == f"3 papers match {where}"
    assert len(empty_words(View(query="z" * 10_000), [], reading=False).title) < 120
    assert (
        empty_words(View(query="arXiv:2507.19427v2"), [], reading=False).title
        == "No paper here has 2507.19427"
    )
    assert "b on a paper" in empty_words(View(shelf=Shelf("list", "bookmarks")), [], reading=False).advice
    assert "Reading" in empty_words(View(), ["/papers"], reading=True).title
    assert "so far" in empty_words(View(query="zebra"), [], reading=True).title
    nothing = empty_words(View(), ["/papers"], reading=False)
    assert "/papers" in nothing.title
    assert ".txt" in nothing.advice


@pytest.mark.parametrize(
    ("columns", "active", "panes"),
    [
        (160, "list", ("tree", "list", "detail")),
        (120, "tree", ("tree", "list", "detail")),
        (119, "list", ("list", "detail")),
        (100, "detail", ("list", "detail")),
        (100, "tree", ("tree", "list")),
        (79, "list", ("list",)),
        (60, "detail", ("detail",)),
    ],
)
def test_the_panes_that_fit(columns: int, active: str, panes: tuple[str, ...]):
    assert visible_panes(columns, active, zoomed=False) == panes
    assert visible_panes(columns, active, zoomed=True) == (active,)


ROWS = [
    Row("2401.00011", "2024-01-03", "Cusp caustics in a cup of coffee", "", "Ada Lind", None, 5),
    Row("alg-geom/9702001", "1997-02", None, "The first words of an abstract " * 5, "A. " * 70, None, 1),
    Row("text:0123456789abcdef", "", "漢字の幅を測る " * 12, "", "É́ric Öst", "2020-01-01", 1234),
    Row("2401.00012", "2024-01-03", "\x1b]0;evil\x07[red]x[/red]\u202e\t" * 6, "", None, None, 2),
]


@pytest.mark.parametrize("width", [20, 33, 58, 71, 109, 110, 159])
@pytest.mark.parametrize("row", ROWS)
def test_rows_fill_their_cells_exactly(row: Row, width: int):
    lines = row_lines(row, width, looking_for("cup", "caustic"), marks="✓★●¶", lines=lines_per_row(width))
    assert len(lines) == lines_per_row(width)
    for line in lines:
        text = "".join(run.text for run in line)
        assert cell_len(text) == width - 2
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_columns_stand_under_each_other():
    lines = [row_lines(row, 71, NOTHING, marks="", lines=2) for row in ROWS[:2]]
    seconds = ["".join(run.text for run in line[1]) for line in lines]
    assert seconds[0].index("2024-01-03") == seconds[1].index("1997-02")
    assert seconds[0].index("Ada") == seconds[1].index("A. A.")
    assert seconds[0].endswith(" 2401.00011")
    assert seconds[1].endswith(" alg-geom/9702001")


def test_marks_are_few():
    marks = Marks(bookmarked={"a", "b"}, unread={"b"}, noted={"c"})

    def gutter(key: str, occurrences: int) -> list[str]:
        row = ROWS[0]._replace(occurrences=occurrences)
        return [line[0].text.rstrip() for line in row_lines(row, 71, NOTHING, marks=marks.of(key), lines=2)]

    assert gutter("x", 1) == ["", ""]
    assert gutter("a", 1) == ["★", ""]
    assert gutter("b", 5) == ["★●", "×5"]
    assert gutter("c", 1) == ["  ¶", ""], "each mark has its own cell"


def test_what_is_selected_is_keys_and_a_range():
    selected = Selected({"a"}, (3, 5))
    assert [selected.holds("a", 9), selected.holds("b", 2), selected.holds("b", 3), selected.holds("b", 5)] == [
        True, False, True, True,
    ]  # fmt: skip
    assert not Selected().holds("a", 0)


def test_fitting_cuts_wide_letters_between_cells():
    assert cell_len(fit("漢字の幅", 4)) == 4
    assert fit("abc", 5) == "abc  "
    assert fit("abcdef", 4) == "abc…"


def paper(**fields: Any) -> Paper:
    return Paper(key="2401.00011", **fields)


def test_a_long_author_list_is_folded_in_words():
    many = paper(author_text=", ".join(f"Ada Number{number}" for number in range(3000)))
    names, tail = author_words(many, NOTHING, everyone=False)
    assert names.startswith("Ada Number0, ")
    assert names.endswith("Number11")
    assert tail == " and 2,988 more (A shows all)"
    assert "Number2999" in author_words(many, NOTHING, everyone=True)[0]
    assert author_words(paper(author_text="Ada Lind, Bo Marsh"), NOTHING, everyone=False) == (
        "Ada Lind, Bo Marsh",
        "",
    )


NAMES = [f"Ada Number{number}" for number in range(20)]
FIRST = ", ".join(NAMES[:12])


@pytest.mark.parametrize(
    ("query", "words", "more"),
    [
        ("author:number17", "…, Ada Number17", 7),
        ("number17", "…, Ada Number17", 7),
        ('author:"ada number14" or number17', "…, Ada Number14, …, Ada Number17", 6),
        ("number12 or number13", "Ada Number12, Ada Number13", 6),
        ('author:"number14 ada number15"', "…, Ada Number14, Ada Number15", 6),
        ("author:/Number15, .*18/", "…, Ada Number15, Ada Number16, Ada Number17, Ada Number18", 4),
        ("ada", ", ".join(NAMES[12:]), 0),
        ("number3", "", 8),
        ("title:number17", "", 8),
        ("more", "", 8),
    ],
)
def test_who_is_looked_for_is_named_in_a_folded_list(query: str, words: str, more: int):
    found = Highlights(wanted(parse(query).tree))
    tail = f" and {more} more (A shows all)" if more else ""
    many = paper(author_text=", ".join(NAMES))
    assert author_words(many, found, everyone=False) == (", ".join(filter(None, (FIRST, words))), tail)
    assert author_words(many, found, everyone=True)[0] == ", ".join(NAMES)


def test_who_is_looked_for_is_found_once_in_thousands_and_few_are_named(monkeypatch: pytest.MonkeyPatch):
    many = paper(author_text=", ".join(f"Ada Number{number}" for number in range(3000)))
    looked_at: list[int] = []
    spans = Highlights.spans

    def counted(self: Highlights, text: str, field: str = "") -> object:
        looked_at.append(len(text))
        return spans(self, text, field)

    monkeypatch.setattr(Highlights, "spans", counted)
    hits = [len(detail_text(many, 40, looking_for("number29"), {}, current=at).hits) for at in range(5)]
    assert hits == [8] * 5
    assert sum(length > 1000 for length in looked_at) == 1


def test_a_name_that_is_shown_because_it_matches_reaches_no_terminal_as_it_stands():
    many = paper(author_text=", ".join([*NAMES, "Eve\x1b[2J\u202e Hall"]))
    names, tail = author_words(many, looking_for("hall"), everyone=False)
    assert names.endswith(", …, Eve[2J Hall")
    assert tail == " and 8 more (A shows all)"
    text = detail_text(many, 40, looking_for("hall", "shows", "more"), {})
    assert len(text.hits) == 1, "what is said of the list is no hit"


def test_paragraphs_are_told_from_broken_lines():
    assert paragraphs("One\nline.\n  Two.\n\tThree.") == ["One line.", "Two.", "Three."]


def test_hits_know_their_lines():
    text = detail_text(
        paper(title="A cusp", abstract="word " * 40 + "cusp. " + "word " * 30 + "a cusp"),
        30,
        looking_for("cusp"),
        {},
    )
    lines = text.content.plain.split("\n")
    assert len(text.hits) == 3
    assert all("cusp" in lines[line] for line in text.hits)
    assert all(cell_len(line) <= 30 for line in lines)


def test_the_detail_tells_what_there_is():
    places = tuple(
        Occurrence("/papers", f"{name}.txt", 7, 0, 9, "inline", matched_by_text=name == "b") for name in "ab"
    )
    text = detail_text(
        paper(
            version=3,
            abstract="Text.",
            created="2024-01-03",
            updated="2024-02-01",
            comments="9 pages",
            occurrences=places,
        ),
        80,
        NOTHING,
        {},
    ).content.plain
    for words in (
        "No title",
        "2401.00011v3",
        "https://arxiv.org/abs/2401.00011",
        "https://arxiv.org/pdf/2401.00011",
        "2024-01-03",
        "2024-02-01",
        "9 pages",
        "Found in 2 files",
        "a.txt:7",
        "b.txt:7  inline, matched by text",
    ):
        assert words in text  # fmt: skip
    assert (
        "no identifier" in detail_text(Paper(key="text:00", abstract="Text."), 80, NOTHING, {}).content.plain
    )


def entry(**fields: Any) -> Entry:
    plain = dict.fromkeys(Entry._fields[4:-1]) | {"identifier": "2401.00011", "abstract": "Same text."}
    return Entry(0, 9, 1, "record", **(plain | fields))


def test_variants_name_the_field_and_who_says_what():
    places = [Occurrence("/papers", f"{name}.txt", 1, 0, 9, "record") for name in "abc"]
    entries = [entry(title="One"), entry(title="Two", abstract="Same\n  text."), entry(title="One")]
    (found,) = differences(list(zip(places, entries, strict=True)))
    assert found.field == "title"
    assert [(variant.text, [place.path for place in variant.places]) for variant in found.variants] == [
        ("One", ["a.txt", "c.txt"]),
        ("Two", ["b.txt"]),
    ]
    assert differences([]) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("cusp", "best match first"),
        ("cusp date:2021", "best match first"),
        ('author:"ada lind"', "best match first"),
        ("date:2021 path:a.txt", "newest first"),
        ("2401.00011", "newest first"),
        ("is:read or list:bookmarks", "newest first"),
        ("-cusp", "newest first"),
        ("cusp sort:title", "sorted by title"),
        ("*", "newest first"),
    ],
)
def test_the_best_match_comes_first_only_where_there_is_something_to_match(query: str, words: str):
    assert View(query=query).sort_words == words


def test_what_only_some_occurrences_have_is_no_difference():
    one, two = (Occurrence("/papers", name, 1, 0, 9, "record") for name in ("a.txt", "b.txt"))
    lacking = Difference("created", (Variant("2024-01-02", (one,)), Variant(None, (two,))))
    other = Difference("title", (Variant("A", (one,)), Variant("B", (two,))))
    said = variants_text([lacking, other], (), 2, {"/papers": ""}).plain
    assert "Not all have the date\n" in said
    assert "They differ in the title\n" in said
    assert said.count("They differ") == 1
