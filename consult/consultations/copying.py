"""A new consultation that begins as the copy of an earlier one.

Whom the earlier one consulted, and which bodies of Schedule 1 it left out, is copied to be confirmed: regulation 14(b)
asks what the body considers of these proposals, not of the last.
"""

from typing import Any
from uuid import UUID

from consult import audit
from consult.accounts.models import Person
from consult.consultations.consulted.consultees import Consultee, Unaffected
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.drafting import free_reference, reserve
from consult.consultations.languages.translations import Translation
from consult.consultations.models import Consultation
from consult.consultations.personal_data.controlling import FACTS
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
CONTACT = ("body", "organisation", "name", "email", "address")


def copy(earlier: Consultation, by: Person | None) -> Consultation:
    """A draft with the words, their translations, the questions and the consultees of an earlier consultation. Dates,
    publicity, notices, the version of the plan and all that was answered belong to the earlier one, and stay there."""
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
    copy_translations(earlier, made, same, by)
    copy_consultees(earlier, made, by)
    audit.record("consultation.copied", made.title, by=by, reference=made.reference, of=earlier.reference)
    return made


def copy_translations(
    earlier: Consultation, made: Consultation, same: dict[UUID, UUID], by: Person | None
) -> None:
    """Each passage follows its question or page; what no longer has the English that it was made of is not shown, as
    ever."""
    made.reread()
    moved = {f"question.{old.hex}": f"question.{new.hex}" for old, new in same.items()}
    for number, heading in earlier.headings.items():
        moved[f"page.{heading.id.hex}"] = f"page.{made.headings[number].id.hex}"
    for translation in earlier.translations:
        words = {moved_key(key, moved): told for key, told in translation.said.items()}
        said = {"consultation_id": made.id, "language": translation.language, "words": words}
        db.session.add(Translation(**said, by_id=by.id if by else None))


def moved_key(key: str, moved: dict[str, str]) -> str:
    parts = key.split(".")
    there = ".".join(parts[:2])
    return ".".join([moved[there], *parts[2:]]) if there in moved else key


def copy_consultees(earlier: Consultation, made: Consultation, by: Person | None) -> None:
    """A body that is no longer in the Schedule is not copied as left out: nothing asks about it any more."""
    said: dict[str, Any] = {
        "consultation_id": made.id,
        "copied_from": earlier.reference,
        "by_id": by.id if by else None,
    }
    for consultee in earlier.consultees:
        contact = {name: getattr(consultee, name) for name in CONTACT}
        db.session.add(Consultee(**contact, **said))
    for decided in earlier.unaffected:
        if schedule_1().body(decided.body):
            db.session.add(Unaffected(body=decided.body, name=decided.name, reason=decided.reason, **said))
    made.look_again()
