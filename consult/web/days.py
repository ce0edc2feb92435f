"""A day asked for as day, month and year, with a plain sentence for each way of getting it wrong."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import wtforms
from flask_babel import format_date
from wtforms import validators

from consult import clock

REGULATIONS_BEGAN = date(2012, 4, 6)  # the Neighbourhood Planning (General) Regulations 2012 came into force

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
YEARS = range(2000, 2101)


def day_words(value: date | datetime) -> str:
    """“14 March 2027” as the page says it; of a moment the day in the United Kingdom."""
    day = clock.uk(value).date() if isinstance(value, datetime) else value
    return str(format_date(day, "d MMMM y"))


class DayField(wtforms.DateField):
    """Three boxes. What was typed comes back as it was typed, whatever it was."""

    def __init__(self, label: str, problem: str = "The date", **options: Any) -> None:
        super().__init__(label, **options)
        self.problem = problem

    def process_formdata(self, valuelist: list[Any]) -> None:
        parts = [str(part).strip() for part in valuelist]
        if len(parts) == 1 and parts[0].count("-") == 2:  # 2027-03-14
            parts = parts[0].split("-")[::-1]
        self.raw_data = [*parts, "", "", ""][:3]
        self.data = self.read(*self.raw_data)

    @property
    def day(self) -> date:
        """The day, once the form has been found in order."""
        assert self.data is not None
        return self.data

    def read(self, day: str, month: str, year: str) -> date | None:
        if not (day or month or year):
            return None
        missing = [name for name, part in (("day", day), ("month", month), ("year", year)) if not part]
        if missing:
            raise ValueError(f"{self.problem} must include a {' and a '.join(missing)}.")
        month = str(MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in MONTHS else month
        if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in (day, month, year)):
            raise ValueError(f"{self.problem} must be in numbers, such as 14 3 2027.")
        if int(year) not in YEARS:
            raise ValueError(
                f"The year of {self.problem[0].lower()}{self.problem[1:]} must have four numbers, such as 2027."
            )
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValueError(f"{self.problem} must be a real date, such as 14 3 2027.") from None


def a_day(sentence: str) -> Callable[[Any, Any], None]:
    """Asks for a day where none was given; a day that could not be read has its own sentence already."""

    def check(form: Any, field: Any) -> None:
        if field.data is None and not field.errors:
            raise validators.StopValidation(sentence)

    return check


def decided(form: Any, field: DayField) -> None:
    """A day on which an authority may have decided: not ahead of us, nor before there were regulations to decide by."""
    if field.data is None:
        return
    if field.data > clock.today():
        raise validators.ValidationError(f"{field.problem} must be today or in the past.")
    if field.data < REGULATIONS_BEGAN:
        raise validators.ValidationError(
            f"{field.problem} cannot be before 6 April 2012, when neighbourhood planning began. Check the year."
        )
