"""Questions that are answered in words or by one value: a line, a text, a number, a date."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import format_date, gettext

from consult.responses.form.fields import line, long_words
from consult.responses.form.part import Part, complain
from consult.responses.receiving import Said

NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?")
YEARS = range(1900, 2101)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class NotANumber(ValueError):
    """`str()` is one plain sentence."""


class NotADay(ValueError):
    """`str()` is one plain sentence."""


class Words(Part):
    """A text of any length, or one line."""

    def fields(self) -> Iterator[tuple[str, Any]]:
        field = line if self.kind == "line" else long_words
        yield self.name, field(self.question.title, **self.about)

    def said(self, form: Any) -> list[Said]:
        words = form[self.name].data
        return [Said(self.question.id, text=words)] if words else []


class Number(Part):
    def fields(self) -> Iterator[tuple[str, Any]]:
        yield self.name, line(self.question.title, 40, **self.about)

    def check(self, form: Any) -> None:
        try:
            read_number(form[self.name].data or "", self.question.settings)
        except NotANumber as problem:
            complain(form[self.name], str(problem))

    def said(self, form: Any) -> list[Said]:
        try:
            number = read_number(form[self.name].data or "", self.question.settings)
        except NotANumber:
            return []
        return [] if number is None else [Said(self.question.id, number=number)]

    def lacking(self) -> str:
        return gettext("Enter a number for “%(question)s”.", question=self.question.title)


def read_number(text: str, bounds: dict[str, Any]) -> float | None:
    """A number as people write it, thousands with commas or spaces; None where nothing was given. Raises NotANumber."""
    plain = re.sub(r"(?<=\d)[,\s](?=\d{3}(\D|$))", "", text.strip())
    if not plain:
        return None
    if not (plain.isascii() and NUMBER.fullmatch(plain)):
        raise NotANumber(gettext("Enter a number, such as 12. Leave words and units out."))
    number = float(plain)
    if bounds.get("whole") and not number.is_integer():
        raise NotANumber(gettext("Enter a whole number, such as 12."))
    least, most = bounds.get("least"), bounds.get("most")
    if least is not None and number < least:
        raise NotANumber(gettext("Enter %(least)s or more.", least=plain_number(least)))
    if most is not None and number > most:
        raise NotANumber(gettext("Enter %(most)s or less.", most=plain_number(most)))
    return number + 0.0  # never minus zero


def plain_number(number: float) -> str:
    """As it would be typed: no `.0`, no exponent."""
    return f"{int(number)}" if float(number).is_integer() else f"{number:.6f}".rstrip("0")


class Day(Part):
    """A date, in three boxes."""

    boxes = ("day", "month", "year")

    def fields(self) -> Iterator[tuple[str, Any]]:
        words = (gettext("Day"), gettext("Month"), gettext("Year"))
        for box, label in zip(self.boxes, words, strict=True):
            ends = "" if box == "day" else f"-{box}"
            yield f"{self.name}.{box}", line(label, 20, id=f"{self.id}{ends}")

    def given(self, form: Any) -> list[str]:
        return [form[f"{self.name}.{box}"].data or "" for box in self.boxes]

    def check(self, form: Any) -> None:
        try:
            day_of(self.given(form), self.question.settings)
        except NotADay as problem:
            complain(self.first(form), str(problem))

    def said(self, form: Any) -> list[Said]:
        try:
            day = day_of(self.given(form), self.question.settings)
        except NotADay:
            return []
        return [] if day is None else [Said(self.question.id, day=day)]

    def lacking(self) -> str:
        return gettext("Enter a date for “%(question)s”.", question=self.question.title)


def day_of(given: list[str], bounds: dict[str, Any]) -> date | None:
    """The day that three boxes name, a month also by its name; None where they are empty. Raises NotADay."""
    if not any(given):
        return None
    day, month, year = given
    month = str(MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in MONTHS else month
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in (day, month, year)):
        raise NotADay(gettext("Enter the day, month and year in numbers, such as 14 3 2027."))
    if int(year) not in YEARS:
        raise NotADay(gettext("Enter the year with four numbers, such as 2027."))
    try:
        return within(date(int(year), int(month), int(day)), bounds)
    except ValueError as problem:
        if isinstance(problem, NotADay):
            raise
        raise NotADay(gettext("Enter a real date, such as 14 3 2027.")) from None


def within(day: date, bounds: dict[str, Any]) -> date:
    """Raises NotADay where it lies outside the bounds of the question."""
    earliest, latest = bounds.get("earliest"), bounds.get("latest")
    if earliest and day < date.fromisoformat(earliest):
        first = format_date(date.fromisoformat(earliest), "d MMMM y")
        raise NotADay(gettext("Enter %(day)s or a later day.", day=first))
    if latest and day > date.fromisoformat(latest):
        last = format_date(date.fromisoformat(latest), "d MMMM y")
        raise NotADay(gettext("Enter %(day)s or an earlier day.", day=last))
    return day
