"""Nothing that could fool a terminal or the eye gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.display import clean, clean_path, sentence, without_controls, without_joiners

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
WIDTHLESS = set("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u115f\u1160\u17b4\u17b5\u3164\uffa0")
HOSTILE = st.text(
    st.sampled_from(
        "a \u200c\u200d\t\n\r\x00\x1b\x07\x7f\x85\x9b\u2028\u2029\u00a0\u3000\ud800\U000e0041é"
        + "".join(BIDI | WIDTHLESS)
    )
)


@given(HOSTILE | st.text(), st.booleans())
def test_only_what_is_safe_is_left(text: str, keep_breaks: bool):
    cleaned = clean(text, keep_breaks=keep_breaks)
    assert not set(cleaned) & (BIDI | WIDTHLESS)
    for character in cleaned:
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} or (
            keep_breaks and character == "\n"
        )
    assert not set(without_joiners(cleaned)) & set("\u200c\u200d")
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert clean(cleaned, keep_breaks=keep_breaks) == cleaned
    cleaned.encode()


@given(st.text(st.characters(codec="ascii", min_codepoint=33, max_codepoint=126)))
def test_plain_text_stays(text: str):
    assert clean(text) == text
    assert clean(text, keep_breaks=True) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31mred\x1b[0m", "a[31mred[0m"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("pass\u200bword", "password"),
        ("pass\u3164word\uffa0 \u115f\u1160", "password"),
        ("한글 កម្ពុជា", "한글 កម្ពុជា"),
        ("a\nb\r\nc\td", "a b c d"),
        ("a\u2028b\x85c", "a b c"),
        ("  a  b ", "a b"),
        ("Γειά σου, мир, 世界 🙂", "Γειά σου, мир, 世界 🙂"),
        ("e\u0301", "e\u0301"),
        ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"),
        ("\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f575\ufe0f\u200d♂\ufe0f",) * 2,
        ("pass\u200dword \u200cé\u200c\u200dé\u200d é\u202e\u200dé", "password éé éé"),
    ],
)
def test_examples(text: str, expected: str):
    assert clean(text) == expected


def test_breaks_are_kept_where_they_are_wanted():
    assert clean(" a \n\t b\r\n c \x1b\n\nd", keep_breaks=True) == "a\nb\nc\n\nd"


def test_a_path_shows_what_tells_it_from_another():
    assert clean_path("a\nb\x1b[0m\udce9 \u202eé.txt") == r"a\nb\x1b[0m\xe9 \u202eé.txt"
    assert clean_path("plain/name.txt") == "plain/name.txt"


def test_a_path_shows_what_only_joins():
    assert clean_path("é\u200dé.txt") == r"é\u200dé.txt"


def test_a_text_to_edit_keeps_its_white_space():
    assert without_controls("  a\tb\r\n\n\x1b[31mc\u202e ") == "  a\tb\n\n[31mc "


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("two damaged pages were put right", "Two damaged pages were put right"),
        ("étude, taken off", "Étude, taken off"),
        ("hep-th/9901001 is now read", "hep-th/9901001 is now read"),
        ("math/0309136 is now read", "math/0309136 is now read"),
        ("2401.00011 is now read", "2401.00011 is now read"),
        ("arxtui-abc.jsonl could not be read", "arxtui-abc.jsonl could not be read"),
        ("~/papers is gone", "~/papers is gone"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_but_a_name_keeps_its_letters(text: str, begun: str):
    assert sentence(text) == begun
