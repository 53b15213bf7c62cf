"""The reader's own themes: quiet, one accent colour, one more for matches."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="arxtui-dark",
    primary="#7fb4ca",
    secondary="#7fb4ca",
    accent="#7fb4ca",
    warning="#e6b673",
    error="#e57c78",
    success="#9bbf85",
    foreground="#d6d9dd",
    background="#16181c",
    surface="#1b1e23",
    panel="#23272d",
    dark=True,
)
LIGHT: Final = Theme(
    name="arxtui-light",
    primary="#1f6f8b",
    secondary="#1f6f8b",
    accent="#1f6f8b",
    warning="#9a5b00",
    error="#b3261e",
    success="#3d6b2a",
    foreground="#24282d",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    dark=False,
)
