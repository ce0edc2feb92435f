"""Who was consulted and how: regulation 15(2)(a) and (b), from the lists of consultees, notices and publicity.

A public statement names organisations. People who were consulted in their own name are counted in it, and named in the
full one."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from consult import clock
from consult.consultations.consulted import replies
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.notices import KINDS, OUTCOMES, WAYS, Notice
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import Consultation
from consult.consultations.publicity.publicising import KINDS as PUBLICITY
from consult.consultations.publicity.publicising import Publicity
from consult.consultations.words import day
from consult.database import db
from consult.reports.document import Block, Points, Words
from consult.reports.results import counted


def listed(consultation: Consultation) -> list[Consultee]:
    """In the order of Schedule 1, then by name."""
    order = {body.key: number for number, body in enumerate(schedule_1().bodies)}
    everyone = sa.select(Consultee).where(Consultee.consultation_id == consultation.id)
    told = selectinload(Consultee.notices).selectinload(Notice.deliveries)
    found = db.session.scalars(everyone.options(told))
    return sorted(found, key=lambda each: (order.get(each.body, len(order)), each.title.casefold()))


def bodies(consultation: Consultation, *, public: bool) -> Iterator[Block]:
    """The persons and bodies consulted, and those of Schedule 1 that were not, with the reason."""
    everyone = listed(consultation)
    named = [each for each in everyone if each.organisation or not public]
    if everyone:
        yield Words("These persons and bodies were consulted directly:")
        yield Points([line for line in (*map(named_as, named), others(len(everyone) - len(named))) if line])
    if consultation.unaffected:
        yield Words(
            "The body considered that the interests of these bodies of Schedule 1 are not affected "
            "(regulation 14(b)), for the reason given:"
        )
        yield Points([left_out(each) for each in in_order(consultation)])


def named_as(consultee: Consultee) -> str:
    entry = f" ({consultee.entry.where})" if consultee.entry else ""
    return f"{consultee.title}{entry}"


def others(number: int) -> str:
    return f"{counted(number, 'person', 'people')} in their own name" if number else ""


def in_order(consultation: Consultation) -> list[tuple[str, str, str]]:
    order = {body.key: body for body in schedule_1().bodies}
    keys = list(order)
    decided = sorted(
        consultation.unaffected, key=lambda each: keys.index(each.body) if each.body in order else len(keys)
    )
    return [
        (order[each.body].where if each.body in order else "", each.name, each.reason) for each in decided
    ]


def left_out(each: tuple[str, str, str]) -> str:
    where, name, reason = each
    return f"{name}{f' ({where})' if where else ''}: {reason}"


def ways(consultation: Consultation, *, public: bool) -> Iterator[Block]:
    """How each was consulted and what became of it; then how everybody else heard, day by day."""
    replied = replies.of(consultation)
    everyone = [each for each in listed(consultation) if each.organisation or not public]
    if everyone:
        yield Words("Those who were consulted directly were told in these ways:")
        yield Points([told(each, len(replied.get(each.id, []))) for each in everyone])
    if copy := consultation.authority_copy:
        how = WAYS[copy.how].lower()
        yield Words(
            f"A copy of the proposals was sent to the local planning authority {how} on {day(copy.sent_on)} "
            "(regulation 14(c))."
        )
    past = [each for each in consultation.publicities if each.from_day <= clock.today()]
    if past:
        yield Words("Everybody who lives, works or carries on business here could hear of it in these ways:")
        yield Points([publicised(each) for each in past])


def told(consultee: Consultee, answers: int) -> str:
    sent = "; ".join(sending(notice) for notice in consultee.notices) or "no notice on record"
    reply = f"; {counted(answers, 'reply', 'replies')} received" if answers else ""
    return f"{consultee.title}: {sent}{reply}"


def sending(notice: Notice) -> str:
    outcome = notice.outcome
    became = "" if outcome in ("sent", "by_hand") else f" ({OUTCOMES[outcome].lower()})"
    return f"{KINDS[notice.kind].lower()} {WAYS[notice.how].lower()} on {day(notice.day)}{became}"


def publicised(record: Publicity) -> str:
    until = f" to {day(record.to_day)}" if record.to_day and record.to_day != record.from_day else ""
    said = [record.what, record.where.replace("\n", ", "), record.number]
    kind = PUBLICITY[record.kind]
    return f"{day(record.from_day)}{until}. {kind}: " + "; ".join(part for part in said if part)
