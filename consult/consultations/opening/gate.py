"""The gate: what a consultation still lacks before the law, and the rules of this house, let it open.

Pure: a `Case` in, `Lack`s out. Each rule names what it stands on.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from consult.consultations.opening.case import HOUSE
from consult.consultations.opening.case import Case as Case
from consult.consultations.opening.case import Lack as Lack
from consult.consultations.opening.case import earliest as earliest
from consult.consultations.opening.case import long as long
from consult.consultations.opening.case import publicity as publicity
from consult.consultations.opening.data_rules import DATA_RULES
from consult.consultations.opening.handed_rules import HANDED_RULES


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
    names, handed = case.names, case.stage.for_an_authority
    if case.stage.on_the_plan and names and not handed and not case.policies:
        yield Lack(names.what, "Put your complete draft plan here first: it has no policies yet.", "plan")
    elif case.asks_about_policies and not case.policies:
        lacking = (
            "the plan came with no policies: take the question away"
            if handed
            else "your plan has no policies yet"
        )
        yield Lack(
            HOUSE,
            f"A question asks about each policy, and {lacking}.",
            "questions" if handed else "plan",
        )


def inspection(case: Case) -> Iterator[Lack]:
    if case.names and not case.where_to_see:
        what = "the draft plan" if case.stage.needs_area else case.stage.about_words
        yield Lack(case.names.where, f"Say where and when people can look at {what}.", "publicity")


def bodies_decided(case: Case) -> Iterator[Lack]:
    if case.stage.consults_bodies and case.undecided:
        yield Lack(
            f"{case.stage.regulation}(b)",
            "Decide about each body in Schedule 1, whether you consult it or its interests are not affected. "
            f"Undecided: {some_of(case.undecided)}.",
            "consultees",
        )


def bodies_confirmed(case: Case) -> Iterator[Lack]:
    if case.stage.consults_bodies and case.to_confirm:
        yield Lack(
            f"{case.stage.regulation}(b)",
            f"Look again at what you decided for an earlier consultation, and confirm it: {case.to_confirm} "
            f"{'decision is' if case.to_confirm == 1 else 'decisions are'} not confirmed for this one.",
            "consultees",
        )


def some_of(names: tuple[str, ...], most: int = 5) -> str:
    shown, more = names[:most], len(names) - most
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def ways_to_respond(case: Case) -> Iterator[Lack]:
    if case.names and not case.how_to_respond:
        yield Lack(case.names.how, "Say how people can respond.", "publicity")


def modification(case: Case) -> Iterator[Lack]:
    """Regulation 14(a)(v), for a modification proposal: whether it changes the nature of the plan, giving reasons."""
    if case.stage.key != "regulation_14" or not case.modification:
        return
    by = "regulation 14(a)(v)"
    if case.changes_nature not in ("yes", "no"):
        sentence = "Say whether the modifications change the nature of the plan that they modify."
        yield Lack(by, sentence, "modification")
    elif not case.changes_reasons:
        yield Lack(by, "Give your reasons for what you say of the plan’s nature.", "modification")


def dates(case: Case) -> Iterator[Lack]:
    by = case.names.until if case.names else HOUSE
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


RULES: tuple[Callable[[Case], Iterator[Lack]], ...] = (
    admitted,
    qualifying_body,
    designated_area,
    *HANDED_RULES,
    complete_draft,
    inspection,
    ways_to_respond,
    modification,
    bodies_decided,
    bodies_confirmed,
    dates,
    publicity_on_record,
    asks_something,
    *DATA_RULES,
)


def judged(case: Case) -> list[Lack]:
    return [lack for rule in RULES for lack in rule(case)]
