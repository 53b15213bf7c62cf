"""Files as Hypothesis makes them: well-formed, mixed, damaged, and arbitrary bytes."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        "lattice",
        "Über",
        "flow",
        "arXiv:2101.00001",
        "arXiv:math/0309136v2",
        "v2",
        "(see",
        "Created:",
        "$x_1$",
        "naïve",
        ".",
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
IDENTIFIER = st.sampled_from(
    [
        "2507.19427",
        "0704.0001",
        "1412.9999",
        "1501.00001",
        "math.GT/0309136",
        "hep-th/9901001",
        "2507.19427v3",
    ]
)
SPOILED = st.sampled_from(["2513.12345", "0704.00", "nonsense", "", "math/9913001"])
DATE = st.sampled_from(["2025-07-25", "1999-12-31", "2025-13-01", "yesterday"])


@st.composite
def entry_text(draw: st.DrawFn) -> str:
    """An entry in one of the two layouts, sometimes with something missing or wrong."""
    abstract = draw(LINE) + draw(st.sampled_from(["", "\n  A paragraph more."]))
    comments = draw(st.none() | LINE)
    identifier = draw(st.one_of(IDENTIFIER, IDENTIFIER, IDENTIFIER, SPOILED))
    if draw(st.booleans()):
        return f"{abstract}\n{comments + chr(10) if comments else ''}arXiv:{identifier}"
    head = f"{draw(LINE)}\n{draw(LINE)}\n\n" if draw(st.booleans()) else ""
    updated = f" Updated: {draw(DATE)}" if draw(st.booleans()) else ""
    end = draw(st.sampled_from([f"\nCreated: {draw(DATE)}{updated}", "", "\nCreated:"]))
    gap = draw(st.sampled_from(["\n\n", "\n\n", "\n\n\n", "\n \n", " \n\n", "\n\n\n\n"]))
    text = f"{head}{abstract}\n\n{comments + chr(10) * 2 if comments else ''}arXiv:{identifier}{end}\n\n"
    return text.replace("\n\n", gap)


SCRAPS = st.sampled_from(
    ["\n", "\n\n", "  ", "\t\n", "Created: 2025-07-25\n", "Created: 2025-07-25\n\n", "a\nb\nc\n\n"]
)
FILE_TEXT = st.lists(st.one_of(entry_text(), entry_text(), LINE, SCRAPS), max_size=8).map("".join)


@st.composite
def file_bytes(draw: st.DrawFn) -> bytes:
    """A file in some encoding and with some line ends; or just bytes."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.binary(max_size=300))
    text = draw(FILE_TEXT).replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    raw = text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"])), "replace")
    cut = draw(st.integers(0, 3))
    return raw[: len(raw) - cut]
