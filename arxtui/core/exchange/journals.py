r"""The commands that ADS writes names of journals by (`\apjl`): those of AASTeX, which other classes do not define."""

from __future__ import annotations

import re

_NAMES = {
    "aj": "AJ", "apj": "ApJ", "apjl": "ApJL", "apjlett": "ApJL", "apjs": "ApJS", "apjsupp": "ApJS", "aap": "A&A", "astap": "A&A",
    "aapr": "A&A Rv", "aaps": "A&AS", "actaa": "Acta Astron.", "ao": "Appl. Opt.", "applopt": "Appl. Opt.", "apss": "Ap&SS",
    "araa": "ARA&A", "azh": "AZh", "baas": "BAAS", "bac": "BAC", "bain": "BAN", "caa": "Chinese Astron. Astrophys.",
    "cjaa": "Chinese J. Astron. Astrophys.", "fcp": "Fundam. Cosm. Phys.", "gca": "Geochim. Cosmochim. Acta",
    "grl": "Geophys. Res. Lett.", "iaucirc": "IAU Circ.", "icarus": "Icarus", "jcap": "JCAP", "jcp": "J. Chem. Phys.",
    "jgr": "J. Geophys. Res.", "jqsrt": "J. Quant. Spectrosc. Radiat. Transfer", "jrasc": "JRASC", "maps": "Meteorit. Planet. Sci.",
    "memras": "MmRAS", "memsai": "Mem. Soc. Astron. Italiana", "mnras": "MNRAS", "na": "New A", "nar": "New A Rev.", "nat": "Nature",
    "nphysa": "Nucl. Phys. A", "pasa": "PASA", "pasj": "PASJ", "pasp": "PASP", "physrep": "Phys. Rep.", "physscr": "Phys. Scr.",
    "planss": "Planet. Space Sci.", "pra": "Phys. Rev. A", "prb": "Phys. Rev. B", "prc": "Phys. Rev. C", "prd": "Phys. Rev. D",
    "pre": "Phys. Rev. E", "prl": "Phys. Rev. Lett.", "procspie": "Proc. SPIE", "psj": "PSJ", "qjras": "QJRAS",
    "rmxaa": "Rev. Mexicana Astron. Astrofis.", "skytel": "S&T", "solphys": "Sol. Phys.", "sovast": "Soviet Ast.",
    "ssr": "Space Sci. Rev.", "zap": "ZAp",
}  # fmt: skip
_COMMAND = re.compile(r"\s*\\([A-Za-z]+)\s*(?:\{\})?\s*")


def journal_name(text: str) -> str:
    r"""The name of a journal, where it is one of these commands and nothing else; that of an unknown command is the command's.

    Args:
        text: what an entry has for it, TeX.
    """
    found = _COMMAND.fullmatch(text)
    return _NAMES.get(found[1].lower(), found[1]) if found else text
