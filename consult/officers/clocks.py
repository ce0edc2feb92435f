"""The statutory clocks: each names its regulation, begins with a recorded fact, says its last day. The rules are data
(`clocks.toml`), each dated: what began under an earlier one keeps to it.

Pure: rules and days in, clocks out. `running.py` says which of them run for a body.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from consult.spaces import journey

Where = tuple[str, dict[str, Any]]
FILE = Path(__file__).with_name("clocks.toml")


@dataclass(frozen=True)
class Rule:
    """One clock as the law has had it since `since`; weeks or years of the calendar, or `says` where no day is set."""

    key: str
    title: str
    where: str
    begins: str
    since: date
    source: str
    weeks: int = 0
    weeks_of_several: int = 0
    weeks_of_parish: int = 0
    years: int = 0
    says: str = ""
    soon: int = 28  # days
    waits: bool = False
    check: str = ""

    def last_day(self, begun: date, *, several: bool = False, parish: bool = False) -> date | None:
        """The last day of the period, which begins with the day after `begun`; None where the law sets none.

        Weeks are of the calendar (regulations 6(c), 6A, 9, 9A, 16, 17A and 18A of the Neighbourhood Planning (General)
        Regulations 2012), so that a clock change neither adds nor takes a day. Years end on the day before their day
        comes round again (section 61F(8), Town and Country Planning Act 1990), so 29 February 2024 ends on 28 February
        2029.
        """
        if self.years:
            return years_after(begun, self.years) - timedelta(days=1)
        weeks = (parish and self.weeks_of_parish) or (several and self.weeks_of_several) or self.weeks
        return journey.weeks_after(begun, weeks) if weeks else None


def years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the road, of one key the oldest first."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["clock"]
    return tuple(Rule(**given(one)) for one in read)


def given(one: dict[str, Any]) -> dict[str, Any]:
    return {("since" if name == "from" else name): value for name, value in one.items()}


def rule(key: str, on: date) -> Rule | None:
    """The rule as it stood on that day; None where none did yet. Raises LookupError for a key that there is not."""
    versions = [each for each in rules() if each.key == key]
    if not versions:
        raise LookupError(f"clocks.toml has no clock “{key}”.")
    return max((each for each in versions if each.since <= on), key=lambda each: each.since, default=None)


@dataclass(frozen=True)
class Clock:
    """One that runs for a body since `begun`, until `due` at the latest (None: the law sets no day)."""

    rule: Rule
    begun: date
    due: date | None
    body: Any = field(compare=False)
    at: Where = field(
        default=("", {}), compare=False
    )  # the endpoint of the page where it is dealt with, and what that takes: a job has no addresses

    def state(self, today: date) -> str:
        """`overdue`, `soon`, `running`, or `asap` where no day is set; days are UK days, the last one included."""
        if self.due is None:
            return "asap"
        if today > self.due:
            return "overdue"
        return "soon" if today >= self.due - timedelta(days=self.rule.soon) else "running"

    def left(self, today: date) -> int | None:
        """Days from today to the last one; below nought once it is past."""
        return None if self.due is None else (self.due - today).days


def begin(
    key: str,
    begun: date,
    body: Any,
    *,
    of: date | None = None,
    at: Where = ("", {}),
    several: bool = False,
    parish: bool = False,
) -> list[Clock]:
    """The clock that began on that day under the rule that stood on the day `of` (else on the same): one, or none
    where the law had no such clock then."""
    found = rule(key, of or begun)
    if found is None:
        return []
    return [Clock(found, begun, found.last_day(begun, several=several, parish=parish), body, at)]
