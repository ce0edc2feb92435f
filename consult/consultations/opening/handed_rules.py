"""What regulations 6, 9 and 16 ask of an authority that publicises what was handed to it. Where each asks for it stands
in `regulation_6.toml` and its neighbours."""

from collections.abc import Callable, Iterator

from consult.consultations.opening.case import Case, Lack


def has_what_was_handed_over(case: Case) -> Iterator[Lack]:
    if case.stage.for_an_authority and case.names and not case.proposed:
        yield Lack(
            case.names.what,
            f"Start it from the page of {case.stage.about_words} that you received, so that people read what was "
            "handed to you.",
        )


def was_not_taken_back(case: Case) -> Iterator[Lack]:
    if case.taken_back and case.names:
        yield Lack(case.names.what, "The body has withdrawn it, so there is nothing to ask people about.")


def shows_its_map(case: Case) -> Iterator[Lack]:
    if case.proposed and case.names and not case.mapped:
        yield Lack(case.names.what, "The map of the area is missing: ask the body for it.")


def shows_the_plan(case: Case) -> Iterator[Lack]:
    if case.stage.about == "submission" and case.proposed and not (case.policies or case.documents):
        by = case.names.what if case.names else case.stage.regulation
        yield Lack(by, "The plan came with neither policies nor documents, so there is nothing to read.")


def is_not_a_whole_parish(case: Case) -> Iterator[Lack]:
    """Regulation 5A: a parish council that applies for the whole of its area has it designated without publicity."""
    asked = case.stage.point("whole_parish", case.opens_on)
    if asked and case.whole_parish:
        yield Lack(
            asked.where,
            "The council applies for the whole of its parish: designate it without publicity.",
        )


def makes_its_statement(case: Case) -> Iterator[Lack]:
    """That a designation shuts out others (regulation 9); that people may ask to hear of the decision (16)."""
    asked = case.stage.point("statement", case.opens_on)
    if asked and not case.statement:
        yield Lack(asked.where, asked.name, "statement")


def notifies_who_was_consulted(case: Case) -> Iterator[Lack]:
    asked = case.stage.point("notify", case.opens_on)
    if asked and case.names_bodies and not case.consultees:
        yield Lack(asked.where, asked.name, "consultees")


HANDED_RULES: tuple[Callable[[Case], Iterator[Lack]], ...] = (
    has_what_was_handed_over,
    was_not_taken_back,
    shows_its_map,
    shows_the_plan,
    is_not_a_whole_parish,
    makes_its_statement,
    notifies_who_was_consulted,
)
