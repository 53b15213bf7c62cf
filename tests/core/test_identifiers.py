"""Identifiers of both schemes, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.identifiers import Identifier, key_of, month_of, parse_identifier

NEW = st.builds(
    lambda year, month, number: f"{year:02d}{month:02d}.{number:0{4 if (year, month) < (15, 1) else 5}d}",
    st.integers(8, 80),
    st.integers(1, 12),
    st.integers(1, 9999),
)
ARCHIVES = st.sampled_from(["math", "hep-th", "cond-mat", "q-alg", "cs", "physics", "comp-gas"])
OLD = st.builds(
    lambda archive, year, month, number: f"{archive}/{year % 100:02d}{month:02d}{number:03d}",
    ARCHIVES,
    st.integers(1992, 2006),
    st.integers(1, 12),
    st.integers(1, 999),
)
KEYS = NEW | OLD
VERSIONS = st.none() | st.integers(1, 999)


def written(key: str, version: int | None) -> str:
    return key if version is None else f"{key}v{version}"


@pytest.mark.parametrize(
    ("text", "key", "version"),
    [
        ("2507.19427", "2507.19427", None),
        ("2507.19427v2", "2507.19427", 2),
        ("arXiv:2507.19427v12", "2507.19427", 12),
        ("arXiv: 2507.19427", "2507.19427", None),
        ("ARXIV:0704.0001", "0704.0001", None),
        ("  0704.0001\n", "0704.0001", None),
        ("hep-th/9901001", "hep-th/9901001", None),
        ("math.GT/0309136", "math/0309136", None),
        ("arXiv:math.GT/0309136v2", "math/0309136", 2),
        ("cond-mat.mes-hall/0501001", "cond-mat/0501001", None),
        ("https://arxiv.org/abs/2507.19427", "2507.19427", None),
        ("10.48550/arXiv.2507.19427", "2507.19427", None),
        ("doi:10.48550/arXiv.2507.19427v2", "2507.19427", 2),
        ("https://doi.org/10.48550/arXiv.2507.19427", "2507.19427", None),
        ("http://arxiv.org/abs/math.GT/0309136v1", "math/0309136", 1),
        ("https://www.arxiv.org/pdf/2507.19427v3", "2507.19427", 3),
        ("https://arxiv.org/pdf/2507.19427v3.pdf", "2507.19427", 3),
        ("https://export.arxiv.org/abs/2507.19427", "2507.19427", None),
        ("https://arxiv.org/html/2507.19427v1#S2", "2507.19427", 1),
        ("https://arxiv.org/abs/2507.19427?context=cs", "2507.19427", None),
        ("https://arxiv.org/abs/2507.19427/", "2507.19427", None),
        ("arxiv.org/abs/2507.19427", "2507.19427", None),
    ],
)
def test_what_people_write(text: str, key: str, version: int | None):
    assert parse_identifier(text) == Identifier(key, version)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "arXiv:",
        "lattice",
        "2507",
        "2507.",
        "2507.194277",  # a digit too many
        "2507.1942",  # four digits in a month of five
        "0704.00011",  # five in a month of four
        "2513.12345",  # no such month
        "2500.12345",
        "hep-th/9913001",
        "hep-th/99010011",
        "hep-th/990101",
        "2507.19427v0",
        "2507.19427v",
        "2507.19427v1v2",
        "2507.19427, 2507.19428",
        "see 2507.19427",
        "https://example.org/abs/2507.19427",
        "https://arxiv.org/list/hep-th/9901",
        "\u0662\u0665\u0660\u0667.19427",  # digits, but not those of an identifier
    ],
)
def test_what_is_no_identifier(text: str):
    assert parse_identifier(text) is None


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("hep-th/9107001", True),
        ("hep-th/9106001", False),  # the archive opened in July 1991
        ("hep-th/0703999", True),
        ("hep-th/0704001", False),
        ("0703.0001", False),
        ("0704.0001", True),
        ("1412.9999", True),
        ("1412.99999", False),
        ("1501.0001", False),
        ("1501.00001", True),
    ],
)
def test_where_one_scheme_ends_and_the_next_begins(text: str, good: bool):
    assert (parse_identifier(text) is not None) is good


@given(
    KEYS,
    VERSIONS,
    st.sampled_from(["{}", "arXiv:{}", "https://arxiv.org/abs/{}", "https://arxiv.org/pdf/{}", " {} "]),
)
def test_an_identifier_comes_back_from_each_way_to_write_it(key: str, version: int | None, form: str):
    assert parse_identifier(form.format(written(key, version))) == Identifier(key, version)


@given(NEW, st.integers(0, 9))
def test_the_month_decides_the_number_of_digits(key: str, digit: int):
    assert parse_identifier(f"{key}{digit}") is None
    assert parse_identifier(key[:-1]) is None


@given(OLD, st.from_regex(r"[A-Z]{2}|[a-z]{3}-[a-z]{3}", fullmatch=True))
def test_the_subject_class_is_no_part_of_the_key(key: str, subject: str):
    archive, _, number = key.partition("/")
    assert key_of(f"{archive}.{subject}/{number}") == key
    assert key_of(key) == key


@given(KEYS)
def test_the_month_of_a_key_is_the_month_in_its_digits(key: str):
    year, month = month_of(key).split("-")
    assert key.rpartition("/")[2].startswith(year[2:] + month)
    assert 1991 <= int(year) <= 2080
    assert 1 <= int(month) <= 12


@given(st.text())
def test_any_text_is_either_an_identifier_or_none(text: str):
    found = parse_identifier(text)
    assert found is None or parse_identifier(found.key) == Identifier(found.key, None)


@pytest.mark.parametrize("key", ["a", "", "doi/10.1", "²²²²", "24x1.00001"])
def test_a_key_that_is_not_of_arxiv_has_no_month(key: str):
    assert month_of(key) == ""
