"""What people are told when their data is collected (UK GDPR, Article 13), and how they can reach who collects it."""

from collections.abc import Callable, Iterator

from consult.consultations.opening.case import GDPR, HOUSE, Case, Lack


def can_be_reached(case: Case) -> Iterator[Lack]:
    """At a stage that a regulation governs not everyone is online, or hears, or sees: each way is given."""
    ways = {
        "an email address": case.email,
        "a telephone number": case.phone,
        "a postal address": case.address,
    }
    missing = [way for way, given in ways.items() if not given]
    if case.stage.statutory and missing:
        yield Lack(HOUSE, f"Give {listed(missing)}, so that everyone can reach you.", "contact")
    elif len(missing) == len(ways):
        yield Lack(
            HOUSE, "Give an email address, telephone number or postal address for questions.", "contact"
        )


def listed(ways: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(ways[:-1]), ways[-1]]))


def names_the_controller(case: Case) -> Iterator[Lack]:
    if not case.controller:
        yield Lack(f"{GDPR}(1)(a)", "Name the data controller: who answers for what people send.", "data")


def states_its_lawful_basis(case: Case) -> Iterator[Lack]:
    if not case.lawful_basis:
        yield Lack(f"{GDPR}(1)(c)", "Choose the lawful basis on which you may use what people send.", "data")


def says_who_reads_it(case: Case) -> Iterator[Lack]:
    if not case.publication:
        yield Lack(f"{GDPR}(1)(e)", "Choose how comments are published.", "data")


def says_how_long_it_is_kept(case: Case) -> Iterator[Lack]:
    if not case.kept_until:
        yield Lack(f"{GDPR}(2)(a)", "Say until when responses are kept.", "data")


def says_whom_to_ask(case: Case) -> Iterator[Lack]:
    if not case.data_contact:
        yield Lack(f"{GDPR}(1)(b)", "Say whom people ask about their data.", "data")


def has_a_notice(case: Case) -> Iterator[Lack]:
    if not case.privacy_notice:
        yield Lack(
            GDPR, "Write a privacy notice: people must be told what happens to what they send.", "privacy"
        )


DATA_RULES: tuple[Callable[[Case], Iterator[Lack]], ...] = (
    can_be_reached,
    names_the_controller,
    states_its_lawful_basis,
    says_who_reads_it,
    says_how_long_it_is_kept,
    says_whom_to_ask,
    has_a_notice,
)
