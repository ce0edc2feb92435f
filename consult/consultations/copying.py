"""A new consultation that begins as the copy of an earlier one."""

from uuid import UUID

from consult import audit
from consult.accounts.models import Person
from consult.consultations.controlling import FACTS
from consult.consultations.drafting import free_reference, reserve
from consult.consultations.models import Consultation
from consult.database import db

COPIED = (
    "stage",
    "title",
    "summary",
    "where_to_see",
    "how_to_respond",
    "contact_email",
    "contact_phone",
    "contact_address",
    "privacy_notice",
    "notice_day",
    "variant",
    "changes_nature",
    "changes_reasons",
    "statement",
    *FACTS,
)


def copy(earlier: Consultation, by: Person | None) -> Consultation:
    """A draft with the words and the questions of an earlier consultation. Dates, consultees, publicity, the version
    of the plan and all that was answered belong to the earlier one, and stay there."""
    reserve("")
    made = Consultation(
        reference=free_reference(earlier.reference),
        by_id=by.id if by else None,
        **{name: getattr(earlier, name) for name in COPIED},
    )
    db.session.add(made)
    db.session.flush()
    same: dict[UUID, UUID] = {}
    for question in earlier.questions:
        question.copy_to(made, same)
    for number, heading in earlier.headings.items():
        made.head(number, heading.title, heading.introduction)
    for line in earlier.easy_read:
        db.session.add(line.copy_to(made))
    audit.record("consultation.copied", made.title, by=by, reference=made.reference, of=earlier.reference)
    return made
