"""What TeX's commands for letters, accents and symbols show, as Unicode."""

from __future__ import annotations

import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "k": "\u0328", "c": "\u0327", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
"""What each accent command puts on the letter behind it, as a combining character."""

TEXT = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textbraceleft": "{", "textbraceright": "}", "textunderscore": "_", "textdollar": "$", "textquotesingle": "'", "textquotedbl": '"',
    "textasciigrave": "`", "textendash": "–", "textemdash": "—", "textellipsis": "…", "textbullet": "•", "textperiodcentered": "·",
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’", "textminus": "−",
    "textpm": "±", "texttimes": "×", "textdiv": "÷", "textmu": "µ", "textdegree": "°", "textcelsius": "℃", "textlnot": "¬",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "textordfeminine": "ª", "textordmasculine": "º", "textperthousand": "‰", "textohm": "Ω", "textsurd": "√",
    "textregistered": "®", "textcopyright": "©", "texttrademark": "™", "texteuro": "€", "textsterling": "£", "textyen": "¥", "textcent": "¢",
    "textcurrency": "¤", "textsection": "§", "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡", "textnumero": "№",
    "textexclamdown": "¡", "textquestiondown": "¿", "textbrokenbar": "¦", "textbardbl": "‖", "textlangle": "⟨", "textrangle": "⟩",
    "textleftarrow": "←", "textrightarrow": "→", "textuparrow": "↑", "textdownarrow": "↓", "textfractionsolidus": "⁄",
    "textasciidieresis": "¨", "textasciiacute": "´", "textasciimacron": "¯", "textasteriskcentered": "∗", "textvisiblespace": "␣",
    "quotesinglbase": "‚", "quotedblbase": "„", "guilsinglleft": "‹", "guilsinglright": "›", "guillemotleft": "«", "guillemotright": "»",
}  # fmt: skip
"""Commands that reference managers write characters by, of LaTeX and its packages textcomp and fontenc; each shows one."""

LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "ldots": "…", "dots": "…", "copyright": "©", "pounds": "£", "euro": "€", "lbrace": "{", "rbrace": "}",
    **TEXT,
}  # fmt: skip
"""Commands that stand for one character in text."""

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
).split()
_UPPER_GREEK = "gamma delta theta lambda xi pi sigma upsilon phi psi omega".split()


def _greek(name: str, case: str) -> str:
    return unicodedata.lookup(f"GREEK {case} LETTER {'LAMDA' if name == 'lambda' else name.upper()}")


SYMBOLS = {
    **{name: _greek(name, "SMALL") for name in _GREEK},
    **{name.capitalize(): _greek(name, "CAPITAL") for name in _UPPER_GREEK},
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varrho": "ϱ", "varsigma": "ς", "varpi": "ϖ", "ell": "ℓ",
    "hbar": "ħ", "infty": "∞", "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "times": "×",
    "pm": "±", "mp": "∓", "cdot": "·", "ast": "*", "star": "⋆", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "neq": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "otimes": "⊗", "oplus": "⊕", "in": "∈",
    "subset": "⊂", "partial": "∂", "nabla": "∇", "prime": "′", "circ": "∘", "deg": "deg", "log": "log", "sin": "sin",
    "cos": "cos", "exp": "exp", "ll": "≪", "gg": "≫", "propto": "∝", "land": "∧", "lor": "∨", "wedge": "∧",
}  # fmt: skip
"""Commands that LaTeX knows in mathematics alone, and the character each shows."""
