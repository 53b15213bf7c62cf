"""Dates and ranges of dates: `2021`, `2025-06`, `2021..2023`, `..2019`, `3months..`, `yesterday`."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

_FORMS = "write 2021, 2025-06, 2025-06-30, a range 2019..2021, ..2019, or 3months.."
_RANGE = re.compile(r"\.\.+")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_DATE = re.compile(r"(\d{4})(?:-(\d{0,2})(?:-(\d{0,2}))?)?")
_CENTURY = re.compile(r"(?:19|20)\d?")
_AGO = re.compile(r"(\d{1,5}) *(d|days?|w|weeks?|m|months?|y|years?)")
_AGO_BEGUN = re.compile(r"(\d{1,5}) *([a-z]{2,})")
_SHORT = re.compile(r"(\d{1,5}) *([dwmy])")
_UNITS = ("days", "weeks", "months", "years")
_NEAR = ("today", "yesterday")
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}


class Period(NamedTuple):
    """Some days in a row.

    Attributes:
        first: the first day; None for all days up to `last`.
        last: the last day; None for all days from `first` on.
        message: what is wrong with how it was written, or may be, else None.
        mistake: the message is one that a script should stop for.
    """

    first: date | None
    last: date | None
    message: str | None = None
    mistake: bool = True


def read_period(text: str, today: date) -> Period:
    """Understand what stands behind `date:`. What is half typed stands for all that it can become.

    Args:
        text: as typed.
        today: what relative dates are reckoned from. A month ago is the same day of the month before, or its last.
    """
    text = text.strip().lower()
    if years := _YEARS.fullmatch(text):
        return read_period("..".join(years.groups()), today)._replace(
            message="a range has two dots: 2019..2021"
        )
    if not _RANGE.search(text):
        whole = _point(text, today)
        relative = _AGO.fullmatch(text) or (_AGO_BEGUN.fullmatch(text) and whole.first)
        if short := _SHORT.fullmatch(text):
            unit = next(unit for unit in _UNITS if unit.startswith(short[2]))
            whole = whole._replace(message=f"this is {short[1]}{unit}.., up to today", mistake=False)
        return whole._replace(last=None) if relative else whole
    before, after = (part.strip() for part in _RANGE.split(text, maxsplit=1))
    if not before and not after:
        return Period(None, None, f"the range has no end: {_FORMS}")
    low = _point(before, today) if before else Period(None, None)
    high = _point(after, today) if after else Period(None, None)
    message = low.message or high.message
    if low.first and high.last and low.first > high.last:
        low, high = high, low
        message = message or f"the range runs backwards: write {after}..{before}"
    return Period(low.first, high.last, message)


def _point(text: str, today: date) -> Period:
    """A day, month or year."""
    if found := _AGO.fullmatch(text):
        day = _ago(int(found[1]), found[2][0], today)
        return Period(day, day)
    for name in _NEAR:
        if text and name.startswith(text):
            day = today if name == "today" else _ago(1, "d", today)
            return Period(day, day, None if text == name else f"write {name}")
    if found := _AGO_BEGUN.fullmatch(text):
        for unit in _UNITS:
            if unit.startswith(found[2]):
                whole = f"{found[1]}{unit}"
                return _point(whole, today)._replace(message=f"write {whole}..")
    if _CENTURY.fullmatch(text):
        low, high = int(text.ljust(4, "0")), int(text.ljust(4, "9"))
        return Period(date(low, 1, 1), date(high, 12, 31), f"a year has four digits: {_FORMS}")
    found = _DATE.fullmatch(text)
    if found is None or found[1] == "0000":
        return Period(None, None, f"no date: {_FORMS}")
    return _calendar(int(found[1]), found[2], found[3])


def _calendar(year: int, month: str | None, day: str | None) -> Period:
    """A year, with what was typed of a month and a day."""
    whole = Period(date(year, 1, 1), date(year, 12, 31))
    if month is None:
        return whole
    if month in ("", "0"):
        return whole._replace(message=f"the month is missing: write {year:04}-06, or {year:04} for the year")
    if not 1 <= int(month) <= 12:
        return whole._replace(message=f"no month {month}: months are 01 to 12")
    days = calendar.monthrange(year, int(month))[1]
    whole = Period(date(year, int(month), 1), date(year, int(month), days))
    if day is None:
        return whole
    written = f"{year:04}-{int(month):02}"
    if day in ("", "0"):
        return whole._replace(message=f"the day is missing: write {written}-15, or {written} for the month")
    if not 1 <= int(day) <= days:
        return whole._replace(message=f"no day {day}: {written} has {days}")
    exact = date(year, int(month), int(day))
    return Period(exact, exact)


def _ago(count: int, unit: str, today: date) -> date:
    """The day so many days, weeks, months or years before another; the first day there is where that is too long ago."""
    if unit in _DAYS:
        days = min(count * _DAYS[unit], today.toordinal() - 1)
        return today - timedelta(days=days)
    months = today.year * 12 + today.month - 1 - count * _MONTHS[unit]
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def written(first: str | None, last: str | None) -> str:
    """The shortest way to write a range, given as days `YYYY-MM-DD`: `2021..2023`, `2025-06`, `..2019-03-05`."""
    text = ""
    for length in (4, 7, 10):  # of YYYY, YYYY-MM, YYYY-MM-DD
        low, high = (first or "")[:length], (last or "")[:length]
        text = low if low == high else f"{low}..{high}"
        if as_days(read_period(text, date.min)) == (first, last):
            break
    return text


def as_days(period: Period) -> tuple[str | None, str | None]:
    """The ends of a period as `YYYY-MM-DD`, None where it has none."""
    first, last = period.first, period.last
    return first.isoformat() if first else None, last.isoformat() if last else None
