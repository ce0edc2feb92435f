"""The gate: what a consultation still lacks before the law, and the rules of this house, let it open.

Pure: a `Case` in, `Lack`s out. `judging.py` gathers the case of a consultation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from consult.consultations.stages import Stage

HOUSE = ""  # a rule of good practice or of this service, not of a regulation


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: the regulation that asks for it, a sentence, and the set-up task that mends it."""

    regulation: str
    sentence: str
    task: str = ""


@dataclass(frozen=True)
class Case:
    """All that the rules look at."""

    stage: Stage
    opens_on: date
    begun: date | None = None  # the day on which it was set up here
    admitted: bool = True
    not_qualifying: str = ""  # why the body is not a live qualifying body on that day
    designated: bool = True
    policies: int = 0
    asks_about_policies: bool = False
    questions: int = 0
    choices_without_options: tuple[str, ...] = ()
    where_to_see: str = ""
    how_to_respond: str = ""
    contact: str = ""
    privacy_notice: str = ""
    undecided: tuple[str, ...] = ()  # bodies of Schedule 1
    first_publicised: date | None = None
    publicity_shown: bool = False  # whether that day stands on a record with evidence
    last_day: date | None = None

    @property
    def publicity(self) -> date:
        return publicity(self.first_publicised, self.opens_on)

    @property
    def earliest_last_day(self) -> date:
        return earliest(self.stage, self.publicity, self.opens_on)


def publicity(first_publicised: date | None, opens_on: date) -> date:
    """The day of first publicity: the day given, but never after the opening, which is publicity itself."""
    return min(first_publicised or opens_on, opens_on)


def earliest(stage: Stage, publicised: date, opens_on: date) -> date:
    """The first lawful last day. A consultation runs to the END of its last day, and for a day at the very least."""
    counted = publicised + timedelta(days=stage.shortest_days) if stage.statutory else opens_on
    return max(counted, opens_on + timedelta(days=1))


def long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# The rules.


def admitted(case: Case) -> Iterator[Lack]:
    if not case.admitted:
        yield Lack(
            HOUSE,
            "Your authority must admit you before you can consult the public. Ask its planning officer.",
        )


def qualifying_body(case: Case) -> Iterator[Lack]:
    if case.stage.needs_area and case.not_qualifying:
        by = case.stage.regulation
        yield Lack(by, f"Only a qualifying body may consult under {by}. {case.not_qualifying}")


def designated_area(case: Case) -> Iterator[Lack]:
    if case.stage.needs_area and not case.designated:
        yield Lack(
            case.stage.regulation,
            "Your neighbourhood area must be designated first: the plan is for that area.",
        )


def complete_draft(case: Case) -> Iterator[Lack]:
    if case.stage.on_the_plan and not case.policies:
        by = f"{case.stage.regulation}(a)(i)"
        yield Lack(by, "Put your complete draft plan here first: it has no policies yet.", "plan")
    elif case.asks_about_policies and not case.policies:
        yield Lack(HOUSE, "A question asks about each policy, and your plan has no policies yet.", "plan")


def inspection(case: Case) -> Iterator[Lack]:
    if case.stage.on_the_plan and not case.where_to_see:
        by = f"{case.stage.regulation}(a)(ii)"
        yield Lack(by, "Say where and when people can look at the draft plan.", "publicity")


def bodies_decided(case: Case) -> Iterator[Lack]:
    if case.stage.consults_bodies and case.undecided:
        yield Lack(
            f"{case.stage.regulation}(b)",
            "Decide about each body in Schedule 1, whether you consult it or its interests are not affected. "
            f"Undecided: {some_of(case.undecided)}.",
            "consultees",
        )


def some_of(names: tuple[str, ...], most: int = 5) -> str:
    shown, more = names[:most], len(names) - most
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def ways_to_respond(case: Case) -> Iterator[Lack]:
    if case.stage.on_the_plan and not case.how_to_respond:
        yield Lack(f"{case.stage.regulation}(a)(iii)", "Say how people can respond.", "publicity")


def dates(case: Case) -> Iterator[Lack]:
    by = f"{case.stage.regulation}(a)(iv)" if case.stage.key == "regulation_14" else case.stage.regulation
    earliest_day = long(case.earliest_last_day)
    if case.last_day is None:
        yield Lack(by, f"Set the last day for responses: {earliest_day} or later.", "dates")
    elif case.last_day < case.earliest_last_day:
        sentence = f"The last day must be {earliest_day} or later, not {long(case.last_day)}."
        yield Lack(by, f"{why_so_long(case)} {sentence}", "dates")


def publicity_on_record(case: Case) -> Iterator[Lack]:
    """An early day of first publicity shortens the time in which people can answer, so it has to stand on something:
    on a record of publicity with evidence or, without one, on this, that the consultation had been set up by then."""
    heard, begun = case.first_publicised, case.begun
    if case.stage.statutory and heard and begun and heard < begun and not case.publicity_shown:
        yield Lack(
            case.stage.regulation,
            f"The day of first publicity cannot be {long(heard)}: this consultation was set up on {long(begun)}, and "
            "nothing here shows what people were told before that. Record it under Publicity, with evidence.",
            "dates",
        )


def why_so_long(case: Case) -> str:
    six_weeks = case.publicity + timedelta(days=case.stage.shortest_days)
    if case.stage.statutory and case.earliest_last_day == six_weeks:
        regulation = case.stage.regulation.capitalize()
        return f"{regulation} gives people at least six weeks from first publicity, which is {long(case.publicity)}."
    return f"A consultation that opens on {long(case.opens_on)} must last at least a day."


def asks_something(case: Case) -> Iterator[Lack]:
    if not case.questions:
        yield Lack(HOUSE, "Add at least one question.", "questions")
    for reference in case.choices_without_options:
        yield Lack(HOUSE, f"Question {reference} needs at least two answers to choose from.", "questions")


def can_be_reached(case: Case) -> Iterator[Lack]:
    if not case.contact:
        yield Lack(
            HOUSE, "Give an email address, telephone number or postal address for questions.", "contact"
        )


def says_what_becomes_of_data(case: Case) -> Iterator[Lack]:
    if not case.privacy_notice:
        yield Lack(
            HOUSE, "Write a privacy notice: people must be told what happens to what they send.", "privacy"
        )


RULES: tuple[Callable[[Case], Iterator[Lack]], ...] = (
    admitted,
    qualifying_body,
    designated_area,
    complete_draft,
    inspection,
    ways_to_respond,
    bodies_decided,
    dates,
    publicity_on_record,
    asks_something,
    can_be_reached,
    says_what_becomes_of_data,
)


def judged(case: Case) -> list[Lack]:
    return [lack for rule in RULES for lack in rule(case)]
