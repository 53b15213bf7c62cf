"""Words that are spelled in two ways."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxtui.core.folding import fold
from arxtui.core.spellings import canonical, other_beginnings, other_spellings

PAIRS = """
    realise realize, optimisation optimization, polarisability polarizability, generalised generalized,
    tokeniser tokenizer, stabilisers stabilizers, minimising minimizing, metrisable metrizable, organisational organizational,
    analyse analyze, catalysed catalyzed, analysing analyzing, analyser analyzer, hydrolysed hydrolyzed,
    modelling modeling, tunnelling tunneling, unlabelled unlabeled, travellers travelers, signalling signaling,
    equalling equaling, fuelled fueled, dialling dialing, cancellation cancelation, cancellable cancelable,
    fulfil fulfill, fulfilment fulfillment, enrolment enrollment, instalments installments, skilful skillful,
    focussed focused, defocussing defocusing, biassed biased,
    colour color, behaviour behavior, neighbouring neighboring, vapour vapor, favourable favorable, neighbourhoods neighborhoods,
    colourist colorist, behavioural behavioral, multicoloured multicolored, tumours tumors, rigour rigor, colourings colorings,
    centre center, centred centered, centring centering, epicentres epicenters, fibre fiber, fibred fibered,
    nanofibres nanofibers, metre meter, nanometres nanometers, kilometre kilometer, litre liter, millilitres milliliters,
    theatre theater, calibre caliber, lustre luster, spectre specter,
    analogue analog, catalogues catalogs, catalogued cataloged, cataloguing cataloging, dialogue dialog, homologues homologs,
    defence defense, offences offenses, licence license, licenced licensed, pretence pretense, practise practice,
    practising practicing, aluminium aluminum, sulphate sulfate, disulphides disulfides, mould mold, moulding molding,
    artefact artifact, programme program, programmes programs, caesium cesium, grey gray, greyscale grayscale,
    ageing aging, judgement judgment, acknowledgements acknowledgments, manoeuvre maneuver, manoeuvring maneuvering,
    manoeuvrable maneuverable, sceptic skeptic, scepticism skepticism, disc disk, discs disks, towards toward,
    haemoglobin hemoglobin, leukaemia leukemia, ischaemia ischemia, anaesthesia anesthesia, paediatric pediatric,
    archaeology archeology, palaeoclimate paleoclimate, foetal fetal, oestrogen estrogen
"""
SPELLED = [pair.split() for pair in PAIRS.split(",")]

APART = """
    filling filing, polling poling, tilling tiling, calling caling, refilling refiling, hotelling hoteling,
    four for, hour hor, tour tor, contour contor, detour detor, source sorce, fourier forier, seymour seymor, vector vectour,
    prise prize, rise rize, ising izing, noise noize, reiser reizer, elisabeth elizabeth, basis baziz,
    cluster clustre, parameter parametre, diameter diametre, disco disko, discovery diskovery, discrete diskrete,
    prologue prolog, laboratory labouratory, humorous humourous, colorimetric colourimetric, collaborate collabourate,
    steward stewards, forwards forward, should shold, moldova mouldova, imaging imageing,
    venues venus, statues status, values valus, bauer bour
"""
OTHER_WORDS = [pair.split() for pair in APART.split(",")]

REAL = sorted(
    {word for pair in (*SPELLED, *OTHER_WORDS) for word in pair} | {"godel", "goedel", "moebius", "kahler"}
)


@pytest.mark.parametrize(("british", "american"), SPELLED)
def test_british_and_american_find_each_other(british: str, american: str):
    assert canonical(british) == canonical(american)
    assert american in other_spellings(british)
    assert british in other_spellings(american)


@pytest.mark.parametrize(("one", "other"), OTHER_WORDS)
def test_words_that_only_look_alike_do_not(one: str, other: str):
    assert canonical(one) != canonical(other)
    assert other not in other_spellings(one)


@pytest.mark.parametrize(
    "name", ["Gödel", "Schrödinger", "Müller", "Köhler", "Jürgen", "Kähler", "Ørsted", "Möbius", "Erdős"]
)
def test_umlauts_may_be_typed_as_two_letters(name: str):
    typed = name.lower()
    for letter, letters in {"ö": "oe", "ü": "ue", "ä": "ae", "ø": "oe", "ő": "oe"}.items():
        typed = typed.replace(letter, letters)
    assert canonical(typed) == canonical(fold(name)) == fold(name)
    assert fold(name) in other_spellings(typed)
    assert typed in other_spellings(fold(name))


@pytest.mark.parametrize(
    "word",
    "bauer xue xuefeng michael samuel guest sequence does value oboe valued venues".split(),
)
def test_two_letters_that_are_both_spoken_are_no_umlaut(word: str):
    assert canonical(word) == word


def test_only_what_is_read_back_is_an_umlaut():
    assert other_spellings("godel") == ("goedel",)
    assert other_spellings("kamer") == ("kaemer",)
    assert other_spellings("and") == other_spellings("baun") == ()


def test_umlauts_and_endings_go_together():
    spellings = ("godelization", "goedelization", "godelisation", "goedelisation")
    for one, other in combinations(spellings, 2):
        assert canonical(one) == canonical(other)
        assert other in other_spellings(one)
        assert one in other_spellings(other)


@given(
    st.sampled_from(REAL)
    | st.tuples(st.sampled_from(["non", "un", "semi", ""]), st.sampled_from(REAL)).map("".join)
)
def test_other_spellings_are_of_one_word_and_lead_back(word: str):
    for other in other_spellings(word):
        assert other != word
        assert canonical(other) == canonical(word)
        assert word in other_spellings(other)


PARTS = "our or is iz ation ing e ed ll l re er a o u oe ue s col cent anal mod sulph aem grey ü 1".split()


@given(st.text() | st.lists(st.sampled_from(PARTS)).map("".join))
def test_all_other_spellings_of_any_letters_are_the_same_word(letters: str):
    assert all(canonical(other) == canonical(letters) for other in other_spellings(letters))


def test_few_letters_begin_words_that_are_others():
    assert "colour" in other_beginnings("color")
    assert other_beginnings("disk") == ()


def test_words_too_long_for_one_cost_nothing():
    for word in ("ao" * 50_000, "sulf" * 25_000, f"{'m' * 100_000}odelling"):
        assert canonical(word) is word
        assert other_spellings(word) == ()
