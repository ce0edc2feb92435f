"""The proof of sending as a table: each notice with its outcome, and each body that was left out with the reason."""

from collections.abc import Iterator
from typing import Any

from consult import clock
from consult.consultations.consulted import replies
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.notices import KINDS, OUTCOMES, WAYS, Notice
from consult.consultations.consulted.schedule import schedule_1
from consult.web import cells

COLUMNS = (
    "schedule_1",
    "body",
    "organisation",
    "name",
    "to",
    "what",
    "how",
    "when",
    "outcome",
    "reason",
    "reply",
)


def table_of(consultation: Any, listed: list[Consultee]) -> bytes:
    return cells.table(COLUMNS, rows(consultation, listed))


def rows(consultation: Any, listed: list[Consultee]) -> Iterator[tuple[str, ...]]:
    replied = replies.of(consultation)
    for consultee in listed:
        answers = "; ".join(reply.reference for reply in replied.get(consultee.id, []))
        who = (*entry_of(consultee.body), consultee.organisation, consultee.name)
        for notice in consultee.notices:
            yield (*who, *of_notice(notice), answers)
        if not consultee.notices:
            yield (*who, consultee.email or consultee.address, "", "", "", "No notice yet", "", answers)
    for decided in sorted(consultation.unaffected, key=lambda each: entry_of(each.body)):
        letter, name = entry_of(decided.body)
        day = clock.uk(decided.at).date().isoformat()
        yield letter, name or decided.name, "", "", "", "", "", day, "Not affected", decided.reason, ""
    if copy := consultation.authority_copy:
        what = ("Copy to the authority", WAYS[copy.how], copy.sent_on.isoformat(), OUTCOMES["by_hand"], "")
        yield "regulation 14(c)", "The local planning authority", "", "", copy.to, *what, ""


def of_notice(notice: Notice) -> tuple[str, ...]:
    reason = notice.delivery.reason if notice.delivery else ""
    sent = (KINDS[notice.kind], WAYS[notice.how], notice.day.isoformat(), OUTCOMES[notice.outcome])
    return notice.to, *sent, reason


def entry_of(key: str) -> tuple[str, str]:
    body = schedule_1().body(key)
    return (body.letter, body.name) if body else ("", "")
