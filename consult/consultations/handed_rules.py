"""What regulations 6, 9 and 16 ask of an authority that publicises what was handed to it."""

from collections.abc import Callable, Iterator

from consult.consultations.case import Case, Lack


def has_what_was_handed_over(case: Case) -> Iterator[Lack]:
    stage = case.stage
    if stage.for_an_authority and stage.names and not case.proposed:
        yield Lack(
            stage.names.what,
            f"Start it from {stage.about_words} that you received, so that people read what was handed to you.",
        )


def is_not_a_whole_parish(case: Case) -> Iterator[Lack]:
    """Regulation 5A: a parish council that applies for the whole of its area has it designated without publicity."""
    if case.stage.about == "area" and case.whole_parish:
        yield Lack(
            "regulation 5A",
            "The council applies for the whole of its parish: designate it without publicity.",
        )


def makes_its_statement(case: Case) -> Iterator[Lack]:
    if case.stage.about == "forum" and not case.statement:
        yield Lack(
            "regulation 9(b)",
            "State that once this body is designated no other can be designated for the area until that designation "
            "expires or is withdrawn.",
            "statement",
        )
    if case.stage.about == "submission" and not case.statement:
        yield Lack(
            "regulation 16(a)(iv)",
            "State that people can ask to be notified of your decision on the plan under regulation 19.",
            "statement",
        )


def notifies_who_was_consulted(case: Case) -> Iterator[Lack]:
    if case.stage.about == "submission" and not case.consultees:
        yield Lack(
            "regulation 16(b)",
            "Add the bodies that the consultation statement names as consultees: each is notified.",
            "consultees",
        )


HANDED_RULES: tuple[Callable[[Case], Iterator[Lack]], ...] = (
    has_what_was_handed_over,
    is_not_a_whole_parish,
    makes_its_statement,
    notifies_who_was_consulted,
)
