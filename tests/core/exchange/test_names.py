"""Names taken apart and put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.authors import split_authors
from arxtui.core.exchange.names import Name, from_last_first, joined, names_of, split_name
from arxtui.core.papers import Paper
from tests.core.exchange.papers import HOSTILE, NAME


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada One", Name("One", "Ada")),
        ("A. B. von Name Jr.", Name("Name", "A. B.", "von", "Jr.")),
        ("Ludwig van der Example", Name("Example", "Ludwig", "van der")),
        ("Charles de la Three Four", Name("Three Four", "Charles", "de la")),
        ("Luc Van Example", Name("Van Example", "Luc")),
        ("van der Example", Name("Example", "", "van der")),
        ("de Example", Name("Example", "", "de")),
        ("ada one", Name("one", "ada")),
        ("H. W. Example III", Name("Example", "H. W.", "", "III")),
        ("Plato", Name("Plato")),
        ("Bojun :", Name(":", "Bojun")),
        ("The Anh One", Name("One", "The Anh")),
        (r"\'Elie Example", Name("Example", r"\'Elie")),
        (r"Ada Veljovi\' c", Name(r"Veljovi\' c", "Ada")),
        (r"Ada {van Example}", Name("{van Example}", "Ada")),
        ("ATLAS Collaboration", Name("ATLAS Collaboration", whole=True)),
        ("for the Sand Group", Name("for the Sand Group", whole=True)),
        ("{Sand and Sons, Inc.}", Name("Sand and Sons, Inc.", whole=True)),
        ("et al.", Name("et al.", whole=True)),
    ],
)
def test_names_are_taken_apart(text: str, name: Name):
    assert split_name(text) == name


def test_affiliations_are_left_out():
    paper = Paper("2507.00001", author_text="Ada One (Lab, Town), Bo Two, (The Sand Group)")
    assert [name.family for name in names_of(paper)] == ["One", "Two", "(The Sand Group)"]


def test_what_is_no_name_alone_is_no_author():
    paper = Paper("2507.00001", author_text="Sand-2 Collaboration, :, Bojun :, Ludwig van One, Jr.")
    assert list(names_of(paper)) == [
        Name("Sand-2 Collaboration", whole=True),
        Name("Bojun"),
        Name("One", "Ludwig", "van", "Jr."),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("One, Ada", "Ada One"),
        ("von Name, Jr., A. B.", "A. B. von Name Jr."),
        ("Name, A. B., Jr.", "A. B. Name Jr."),
        ("{Sand Collaboration}", "Sand Collaboration"),
        ("{Sand and Sons, Inc.}", "{Sand and Sons, Inc.}"),
        ("others", "et al."),
        ("Ada One", "Ada One"),
        ("{van Example}, Ada", "Ada {van Example}"),
        ("family=Beethoven, given=Ludwig, prefix=van, useprefix=true", "Ludwig van Beethoven"),
        ("given={Jean Pierre}, given-i={JP}, family=Laplace, suffix=Jr.", "{Jean Pierre} Laplace Jr."),
        ("a=b, c", "c a=b"),
        ("Ludwig van Example, Jr.", "Ludwig van Example Jr."),
    ],
)
def test_names_of_others_are_read(text: str, name: str):
    assert joined(from_last_first(text)) == name


@given(st.lists(NAME, min_size=1, max_size=5))
def test_names_put_together_are_a_list_that_divides_again(names: list[str]):
    again = [joined(split_name(name)) for name in names]
    assert split_authors(", ".join(again)) == tuple(again)
    assert [split_name(name) for name in again] == [split_name(name) for name in names]


@given(HOSTILE)
def test_nothing_raises(text: str):
    for name in names_of(Paper("2507.00001", author_text=text)):
        assert isinstance(joined(name), str)
    assert isinstance(joined(from_last_first(text)), str)
