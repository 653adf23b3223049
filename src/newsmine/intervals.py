"""From the named groups of a time pattern to its first and last day.

The groups carry the meaning, so this module needs no Chinese: y a year, yprev the year before the one named,
y0/ym1/ym2/yp1 this, last, the year before last, next year, roc a year of the Minguo calendar, m month, d day, h1/h2
halves, q quarter, q12/q123 first quarters, t1-t3 thirds of a month, d0/dm1/dp1 today, yesterday, tomorrow, wm1/w0/wp1
last, this, next week, wd/sun its day, dec a decade, c21 of this century, until and since open one end, before ends the
day before, first/last an edge, same the same part of another year, plan a date that is planned, next a period ahead. A
date without a year is in the year of publication, or the year before where that would be later.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from newsmine.types import Interval

Groups = Mapping[str, str | None]
ReadNumber = Callable[[str], int | None]

_RELATIVE = {"y0": 0, "ym1": -1, "yprev": -1, "ym2": -2, "yp1": 1}
_MINGUO = 1911


class Resolver:
    """Works out intervals against a publication date (None: only what the text itself dates)."""

    def __init__(self, published: date | None, read_number: ReadNumber, only_year: int | None = None) -> None:
        self._published = published
        # Where nothing says when the article was published: the one year that it names.
        self._only_year = only_year
        self._read = read_number
        # What the article named last: a whole year, a single day, a period with both its ends.
        self._last_year: int | None = None
        self._last_day: date | None = None
        self._last: Interval | None = None

    def resolve(self, yields: str, groups: Groups, offset: int = 0) -> Interval | None:
        """The interval of a match, or None where it cannot be worked out. `yields` names one of the functions below."""
        function = getattr(self, f"_{yields}", None)
        if function is None:
            return None
        try:
            interval: Interval | None = function(groups, offset)
        except (ValueError, OverflowError):
            return None
        if interval is None:
            return None
        first, last = interval
        if first and last and (first.month, last.month) == (1, 12) and groups.get("yprev") is None:
            self._last_year = last.year
        if first and first == last:
            self._last_day = first
        opened = _opened(interval, groups)
        if opened[0] and opened[1]:
            self._last = opened
        return opened

    def ahead(self, interval: Interval | None) -> bool:
        """Whether an interval begins (or, with an open start, ends) after publication."""
        if interval is None or self._published is None:
            return False
        day = interval[0] or interval[1]
        return day is not None and day > self._published

    def ongoing(self, interval: Interval | None) -> bool:
        """Whether an interval holds the day of publication and goes on after it."""
        if interval is None or self._published is None or interval[0] is None or interval[1] is None:
            return False
        return interval[0] <= self._published < interval[1]

    def _number(self, groups: Groups, name: str) -> int | None:
        text = groups.get(name)
        return None if not text else self._read(text)

    def _named_year(self, groups: Groups) -> int | None:
        year = self._number(groups, "y")
        if year is not None:
            return year
        minguo = self._number(groups, "roc")
        if minguo is not None:
            return minguo + _MINGUO
        if groups.get("yprev") is not None and self._last_year is not None:
            return self._last_year - 1
        for name, shift in _RELATIVE.items():
            if groups.get(name) is not None and self._published:
                return self._published.year + shift
        return None

    def _year_for(self, groups: Groups, month: int, day: int = 1) -> int | None:
        """The named year, else the publication's, or the one before where the date would lie after publication."""
        named = self._named_year(groups)
        if named is not None or groups.get("ysame") is not None:
            return named
        if self._published is None:
            return self._only_year
        this = (self._published.month, self._published.day)
        if groups.get("plan") is not None:
            return self._published.year + ((month, day) < this)
        return self._published.year - ((month, day) > this)

    def _date(self, groups: Groups, _: int) -> Interval | None:
        month, day = self._number(groups, "m"), self._number(groups, "d")
        if month is None:
            return None
        year = self._year_for(groups, month, day or 1)
        if year is None:
            return None
        if day is not None:
            return date(year, month, day), date(year, month, day)
        first, last = _month(year, month)
        if groups.get("t1") is not None:
            return first, date(year, month, 10)
        if groups.get("t2") is not None:
            return date(year, month, 11), date(year, month, 20)
        if groups.get("t3") is not None:
            return date(year, month, 21), last
        return None if groups.get("first") is not None else (first, last)

    def _damaged(self, groups: Groups, _: int) -> Interval | None:
        return self._date(groups, 0)

    def _day(self, groups: Groups, offset: int) -> Interval | None:
        if self._published is None:
            return None
        day = self._number(groups, "d")
        if day is None:
            moment = self._published + timedelta(days=offset)
            return moment, moment
        year, month = self._published.year, self._published.month
        if day > self._published.day:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return date(year, month, day), date(year, month, day)

    def _month_day(self, groups: Groups, offset: int) -> Interval | None:
        """A day of the month of publication, or of another one."""
        month, day = self._month({}, offset), self._number(groups, "d")
        if month is None or month[0] is None or day is None:
            return None
        return month[0].replace(day=day), month[0].replace(day=day)

    def _same_day(self, groups: Groups, _: int) -> Interval | None:
        """That day: the day that the article named last."""
        return None if self._last_day is None else (self._last_day, self._last_day)

    def _same_period(self, groups: Groups, _: int) -> Interval | None:
        """That period: the one that the article named last."""
        return self._last

    def _relative_day(self, groups: Groups, _: int) -> Interval | None:
        shifts = {"d0": 0, "dm1": -1, "dp1": 1}
        return next((self._day({}, shift) for name, shift in shifts.items() if groups.get(name) is not None), None)

    def _weekday(self, groups: Groups, _: int) -> Interval | None:
        """A day of last, this or next week; weeks begin on Monday (ISO 8601)."""
        weeks = next((n for name, n in (("wm1", -1), ("w0", 0), ("wp1", 1)) if groups.get(name) is not None), None)
        day = self._week_number(groups, "wd", "sun")
        if weeks is None or day is None or self._published is None:
            return None
        moment = self._published + timedelta(days=day - self._published.isoweekday() + 7 * weeks)
        return moment, moment

    def _near_weekday(self, groups: Groups, _: int) -> Interval | None:
        """The last such day up to publication, or the next one where it is planned; the day itself in brackets wins."""
        if groups.get("d") is not None:
            return self._date(groups, 0) if groups.get("m") is not None else self._day(groups, 0)
        day = self._last_weekday(self._week_number(groups, "wd", "sun"))
        if day is None:
            return None
        moment = day + timedelta(days=7) if groups.get("plan") is not None else day
        return moment, moment

    def _weekday_pair(self, groups: Groups, _: int) -> Interval | None:
        last = self._last_weekday(self._week_number(groups, "wd_b", "sun_b"))
        first = self._week_number(groups, "wd", "sun")
        if last is None or first is None:
            return None
        return last - timedelta(days=(last.isoweekday() - first) % 7), last

    def _week_number(self, groups: Groups, name: str, sunday: str) -> int | None:
        return 7 if groups.get(sunday) is not None else self._number(groups, name)

    def _last_weekday(self, number: int | None) -> date | None:
        if number is None or self._published is None:
            return None
        return self._published - timedelta(days=(self._published.isoweekday() - number) % 7)

    def _week(self, _: Groups, offset: int) -> Interval | None:
        """A whole week; weeks begin on Monday (ISO 8601)."""
        if self._published is None:
            return None
        monday = self._published + timedelta(days=1 - self._published.isoweekday() + 7 * offset)
        return monday, monday + timedelta(days=6)

    def _weekend(self, _: Groups, offset: int) -> Interval | None:
        week = self._week({}, offset)
        return None if week is None or week[1] is None else (week[1] - timedelta(days=1), week[1])

    def _decade(self, groups: Groups, _: int) -> Interval | None:
        year = self._number(groups, "y")
        decade = self._number(groups, "dec")
        if groups.get("first") is not None or (year is None and decade is None):
            return None
        first = year if year is not None else (2000 if groups.get("c21") is not None else 1900) + (decade or 0)
        return date(first, 1, 1), date(first + 9, 12, 31)

    def _month(self, groups: Groups, offset: int) -> Interval | None:
        if self._published is None:
            return None
        index = self._published.year * 12 + self._published.month - 1 + offset
        return _month(index // 12, index % 12 + 1)

    def _year(self, groups: Groups, _: int) -> Interval | None:
        year = self._named_year(groups)
        if year is None or groups.get("first") is not None:
            return None
        return self._same_part(year) if groups.get("same") is not None else (date(year, 1, 1), date(year, 12, 31))

    def _same_part(self, year: int) -> Interval:
        """The part of a year that the article named last, in another year; all of it where it named none."""
        first, last = self._last or (None, None)
        if first is None or last is None or first.year != last.year or first == last:
            return date(year, 1, 1), date(year, 12, 31)
        months = last.month if last.day == _month(last.year, last.month)[1].day else 0
        end = _month(year, months)[1] if months else last.replace(year=year)
        return first.replace(year=year), end

    def _whole_year(self, groups: Groups, _: int) -> Interval | None:
        """All the year: the one that the article named last, else that of publication."""
        year = self._last_year or (self._published.year if self._published else None)
        return None if year is None else (date(year, 1, 1), date(year, 12, 31))

    def _part(self, groups: Groups, _: int) -> Interval | None:
        first, last = self._part_months(groups)
        if last == 0:
            return None
        year = self._named_year(groups)
        if year is None and self._published is not None and groups.get("ysame") is None:
            year = self._published.year - (first > self._published.month)
        return None if year is None else (date(year, first, 1), _month(year, last)[1])

    def _part_months(self, groups: Groups) -> tuple[int, int]:
        fixed = {"h1": (1, 6), "h2": (7, 12), "q123": (1, 9), "q12": (1, 6), "q1": (1, 3), "q4": (10, 12)}
        for name, months in fixed.items():
            if groups.get(name) is not None:
                return months
        quarter = self._number(groups, "q")
        return (quarter * 3 - 2, quarter * 3) if quarter else (1, 0)

    def _first_months(self, groups: Groups, _: int) -> Interval | None:
        months = self._number(groups, "months")
        if not months:
            return None
        year = self._named_year(groups)
        if year is None and self._published is not None:
            year = self._published.year - (months > self._published.month)
        return None if year is None else (date(year, 1, 1), _month(year, months)[1])

    def _month_range(self, groups: Groups, _: int) -> Interval | None:
        first, last = self._number(groups, "m_a"), self._number(groups, "m_b")
        if not first or not last:
            return None
        year = self._year_for(groups, last)
        return None if year is None else (date(year - (first > last), first, 1), _month(year, last)[1])

    def _day_range(self, groups: Groups, _: int) -> Interval | None:
        first, last, month = self._number(groups, "d_a"), self._number(groups, "d_b"), self._number(groups, "m")
        year = None
        if month is None and self._published is not None:
            year, month = self._published.year, self._published.month
        if not first or not last or not month:
            return None
        year = year or self._year_for(groups, month, last)
        return None if year is None else (date(year, month, first), date(year, month, last))

    def _date_range(self, groups: Groups, _: int) -> Interval | None:
        start = self._date(groups, 0)
        month = self._number(groups, "m_b") or self._number(groups, "m")
        day = self._number(groups, "d_b")
        if start is None or start[0] is None or month is None:
            return None
        year = self._number(groups, "y_b") or start[0].year + (month < start[0].month)
        return start[0], date(year, month, day) if day else _month(year, month)[1]

    def _year_range(self, groups: Groups, _: int) -> Interval | None:
        first, last = self._number(groups, "y"), self._number(groups, "y_b")
        if first is None or last is None:
            return None
        last = last if last > 99 else first // 100 * 100 + last
        return date(first, 1, 1), date(last, 12, 31)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _opened(interval: Interval, groups: Groups) -> Interval:
    """An interval open at one end where the phrase says until (or at the end of), or since."""
    if groups.get("before") is not None and interval[0] is not None:
        return None, interval[0] - timedelta(days=1)
    if groups.get("until") is not None or groups.get("last") is not None:
        return None, interval[1]
    if groups.get("since") is not None:
        return interval[0], None
    return interval
