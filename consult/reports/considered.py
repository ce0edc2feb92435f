"""How each issue was considered and, where relevant, addressed: regulation 15(2)(d). Counts nothing."""

from collections.abc import Iterator

from consult.consultations.words import day
from consult.feedback.tallies import SMALLEST
from consult.reports.document import Block, Facts, Section, Words
from consult.reports.material import Material, own
from consult.reports.own_words import key_of
from consult.reports.replying import Answered
from consult.reports.results import counted

TOLD = (
    "Points that ask for the same were answered together, as issues. Each reply below was agreed by the body on the "
    "day and by the minute named with it."
)
EACH = " The response log gives the reply to each point, its outcome and what changes in the plan in its last columns."
NONE_YET = (
    "How each matter was considered and, where relevant, addressed in the plan is for the body to decide. It had "
    "agreed no reply when the responses were frozen."
)


def sections(given: Material, heading: str) -> Iterator[Section]:
    if not given.answered:
        yield Section(heading, [Words(NONE_YET), *own(given, "considered")])
        return
    yield Section(heading, [Words(TOLD + ("" if given.public else EACH)), *own(given, "considered")])
    for each in given.answered:
        yield Section(each.name, [*issue(each, given.public), *own(given, key_of(each.number))], level=2)


def issue(each: Answered, public: bool) -> Iterator[Block]:
    if each.summary:
        yield Words(each.summary)
    rows = [
        ("Raised by", raised_by(each, public)),
        ("Reply", each.reply.text),
        ("Outcome", each.reply.outcome),
        ("Policy", each.policy),
        ("What changes in the plan", each.reply.plan_change),
        ("Agreed", f"{day(each.agreed)}, {each.minute}"),
    ]
    yield Facts([(name, value) for name, value in rows if value])


def raised_by(each: Answered, public: bool) -> str:
    if public and (each.figure.responses or 0) < SMALLEST:
        return f"Fewer than {SMALLEST} responses"
    responses, people = each.figure.responses or 0, each.figure.people or 0
    return f"{counted(responses, 'response')}, {counted(people, 'person', 'people')}"
