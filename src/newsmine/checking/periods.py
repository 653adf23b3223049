"""Periods: the one that a change is measured against, whether two are the same, how long one is."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal

from newsmine.checking.bounds import Bounds, exactly
from newsmine.checking.figures import Figure, Period
from newsmine.checking.knowledge import Knowledge
from newsmine.fold import fold
from newsmine.pipeline import quantity_tools

_MONTHS = 12
_LONGEST_MONTH = 31
_HALF = Decimal("0.5")
_YEAR_DIGITS = 4


def base_period(level: Figure, change: Figure, knowledge: Knowledge) -> Period | None:
    """The period that the change is measured against; None where it cannot be worked out.

    Year on year: the same days a year before. Against a named year: the same days of that year. Against the period just
    before: the month or quarter before.
    """
    if level.period is None or level.period[1] is None:
        return None
    if change.basis == "yoy":
        return _moved(level.period, -_MONTHS)
    if change.basis == "mom":
        length = _whole_months(level.period)
        return _moved(level.period, -length) if length in (1, 3) else None
    named = knowledge.regex("year").search(str(change.row["basis_text"] or ""))
    if named is None:
        return None
    years = level.period[1].year - int(named.group("year"))
    return _moved(level.period, -years * _MONTHS) if years > 0 else None


def compatible(a: Figure, b: Figure) -> bool:
    """Whether nothing says that two figures of one article are about different periods."""
    return a.period == b.period or a.period is None or b.period is None


def same_moment(a: Figure, b: Figure, knowledge: Knowledge) -> bool:
    """Whether two figures are told for one time: the same period or phrase, or one that has none beside a day (that of
    the announcement) or a word such as now. A headline leaves its time to the text."""
    if a.period == b.period and a.row["time_text"] == b.row["time_text"]:
        return True
    if a.period is not None and b.period is not None:
        return a.period == b.period
    return all(_open(f, knowledge) or other.in_title for f, other in ((a, b), (b, a)))


def _open(figure: Figure, knowledge: Knowledge) -> bool:
    """Whether the text leaves it open what time a figure is for."""
    phrase = figure.row["time_text"]
    return phrase is None or _a_day(figure.period) or fold(str(phrase)) in knowledge.words("now")


def _a_day(period: Period | None) -> bool:
    return period is not None and period[0] is not None and period[0] == period[1]


def length_of(period: Period | None, unit: str) -> int | None:
    """How many days (d, up to a month), months (month) or years (a) a period of whole ones has; None where it has not.

    A longer period is rarely the days that an average is over: a holiday of this year is told as a year.
    """
    if period is None or period[0] is None or period[1] is None:
        return None
    if unit == "d":
        days = (period[1] - period[0]).days + 1
        return days if days <= _LONGEST_MONTH else None
    months = _whole_months(period)
    if unit == "month":
        return months or None
    return months // _MONTHS if months and months % _MONTHS == 0 else None


def rounded(count: Decimal) -> Bounds:
    """A number of years, months or days as a text tells it: half a unit more or less."""
    return Bounds(count - _HALF, count + _HALF) if count > 1 else exactly(count)


def _whole_months(period: Period) -> int:
    """How many calendar months a period is; 0 where it does not begin and end with one."""
    first, last = period
    if first is None or last is None or first.day != 1 or (last + timedelta(days=1)).day != 1:
        return 0
    return (last.year - first.year) * _MONTHS + last.month - first.month + 1


def _moved(period: Period, months: int) -> Period:
    first, last = period
    return first and _shifted(first, months), last and _shifted(last, months)


def _shifted(day: date, months: int) -> date:
    """The same day some months on; the last of a month stays the last."""
    index = day.year * _MONTHS + day.month - 1 + months
    year, month = index // _MONTHS, index % _MONTHS + 1
    last = calendar.monthrange(year, month)[1]
    ends = calendar.monthrange(day.year, day.month)[1] == day.day
    return date(year, month, last if ends else min(day.day, last))


def named_period(text: str) -> Period | None:
    """The period that a reference names: 2024, 2024-06, 2024-06-30, two days parted by a slash, or a phrase with its
    year."""
    first, _, last = text.partition("/")
    opened, closed = _iso_days(first.strip()), _iso_days((last or first).strip())
    if opened and closed:
        return opened[0], closed[1]
    _, _, times = quantity_tools()
    found = [t for t in times.find(text) if (t.start, t.end) == (0, len(text))]
    return found[0].interval if found else None


def _iso_days(text: str) -> tuple[date, date] | None:
    """The first and last day of an ISO year, month or day."""
    parts = text.split("-")
    if not all(p.isascii() and p.isdigit() for p in parts) or len(parts[0]) != _YEAR_DIGITS or len(parts) > 3:
        return None
    try:
        year, month, day = (int(parts[i]) if i < len(parts) else None for i in range(3))
        assert year is not None
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or _MONTHS
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])
