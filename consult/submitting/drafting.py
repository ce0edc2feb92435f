"""The submission as it is assembled: what is written or chosen here, and what other floors already hold."""

import hashlib
from typing import Any

import sqlalchemy as sa

from consult import audit, clock
from consult.accounts.models import Person
from consult.areas import register
from consult.consultations.consulted.consultee_list import listed
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.plans.models import latest_version
from consult.reports.models import Report
from consult.spaces import law
from consult.spaces.models import live_qualifying_body, standing
from consult.submitting import completeness
from consult.submitting.completeness import CONDITIONS, Case, Item
from consult.submitting.models import SubmissionDraft, SubmissionDraftFile
from consult.web.errors import Refused
from consult.web.files_taken import Taken

MOST_FILES = 20
EMPTY: dict[str, Any] = {
    "kind": "plan",
    "conditions": {},
    "environment": "",
    "reasons": "",
    "changes_nature": "",
    "modification": "",
}


def draft() -> SubmissionDraft:
    """What is assembled so far in the space we stand in; a new one, not kept yet, where nothing is."""
    found = db.session.scalar(sa.select(SubmissionDraft))
    return found if found is not None else SubmissionDraft(**EMPTY)


def take() -> SubmissionDraft:
    """The draft, to be changed: from here to the end of the transaction nobody else changes it."""
    db.session.flush()
    alone(f"submission of {standing().id}")
    found = draft()
    if found not in db.session:
        db.session.add(found)
        db.session.flush()
    return found


def keep(by: Person, what: str, **said: Any) -> SubmissionDraft:
    kept = take()
    for name, words in said.items():
        setattr(kept, name, words)
    touched(kept, by, what)
    return kept


def add_file(by: Person, item: str, taken: Taken) -> None:
    kept = take()
    if len(kept.files) >= MOST_FILES:
        raise Refused(f"A submission has {MOST_FILES} files of your own at most. Remove one first.")
    if any(file.name == taken.name for file in kept.files):
        raise Refused(f"There is already a file called {taken.name}. Remove it first, or rename yours.")
    about = {"item": item, "name": taken.name, "media_type": taken.media_type, "content": taken.content}
    sha256 = hashlib.sha256(taken.content).hexdigest()
    db.session.add(SubmissionDraftFile(draft_id=kept.id, sha256=sha256, size=len(taken.content), **about))
    touched(kept, by, f"file {taken.name}", sha256=sha256)


def remove_file(by: Person, file: SubmissionDraftFile) -> None:
    kept = take()
    name, sha256 = file.name, file.sha256
    db.session.delete(file)
    touched(kept, by, f"file {name}, removed", sha256=sha256)


def touched(kept: SubmissionDraft, by: Person, what: str, **detail: Any) -> None:
    kept.changed, kept.by_id = clock.now(), by.id
    audit.record("submission.assembled", what, by=by, **detail)
    db.session.flush()
    db.session.expire(kept, ["files"])


# What there is.


def conditions_of(said: SubmissionDraft) -> law.Listed:
    """The list of basic conditions that is answered: the one chosen, or the newest."""
    file = CONDITIONS[said.kind]
    return (
        law.since(file, said.conditions_from) if said.conditions_from else law.in_force(file, clock.today())
    )


def consultation() -> Consultation | None:
    """The last consultation under regulation 14 that has closed."""
    asked = sa.select(Consultation).where(Consultation.stage == "regulation_14")
    closed = [each for each in db.session.scalars(asked) if each.state() == "closed"]
    return max(closed, key=lambda each: each.at, default=None)


def reports() -> list[Report]:
    """The reports of that consultation that are built, newest first. Only the public version: under regulation 16 the
    authority shows everyone what is submitted, and the full one holds what people wrote before anybody cleared it."""
    found = consultation()
    if found is None:
        return []
    built = sa.select(Report).where(
        Report.consultation_id == found.id, Report.built.is_not(None), Report.public
    )
    return list(db.session.scalars(built.order_by(Report.at.desc())))


def report_of(said: SubmissionDraft) -> Report | None:
    return next((report for report in reports() if report.id == said.report_id), None)


def files_of(said: SubmissionDraft, item: str) -> list[SubmissionDraftFile]:
    return [file for file in said.files if file.item == item]


def names_of(said: SubmissionDraft, item: str) -> str:
    return ", ".join(file.name for file in files_of(said, item))


def case_of(said: SubmissionDraft) -> Case:
    space, entry, asked = standing(), register.entry_of(standing().id), consultation()
    on = clock.today()
    points = () if files_of(said, "conditions") else conditions_of(said).points
    unanswered = tuple(p.name for p in points if not said.conditions.get(p.key))
    return Case(
        on=on,
        kind=said.kind,
        not_qualifying=live_qualifying_body(space, on),
        area=f"{entry.name}, {entry.reference}" if entry and entry.designated_on else "",
        statement=statement_words(said),
        plan=plan_words(said),
        unanswered=unanswered,
        answered=names_of(said, "conditions") or ("" if unanswered else f"{len(points)} conditions answered"),
        environment=said.environment,
        environmental_report=names_of(said, "environment"),
        reasons=bool(said.reasons),
        determined=said.determined_on is not None,
        changes_nature=said.changes_nature,
        modification=bool(said.modification or files_of(said, "modification")),
        **(of_regulation_14(asked) if asked else {}),
    )


def of_regulation_14(asked: Consultation) -> dict[str, Any]:
    """What was done under regulation 14, and what shows it."""
    copy = asked.authority_copy
    untold = [each.title for each in listed(asked) if each.body and not proven(each)]
    return {
        "consultation": f"“{asked.title}” has closed.",
        "undecided": tuple(body.name for body in asked.undecided),
        "untold": tuple(untold),
        "copy": f"Sent on {copy.sent_on:%-d %B %Y}." if copy else "",
    }


def proven(consultee: Consultee) -> bool:
    """Whether a notice to it is known to have been sent or handed over: one that only waits is no proof."""
    return any(notice.outcome in ("sent", "by_hand") for notice in consultee.notices)


def statement_words(said: SubmissionDraft) -> str:
    report = report_of(said)
    built = f"Built on {clock.uk(report.built):%-d %B %Y}" if report and report.built else ""
    return ", ".join(part for part in (built, names_of(said, "statement")) if part)


def plan_words(said: SubmissionDraft) -> str:
    version = latest_version()
    here = f"Version {version.number} as written here" if version and version.policies else ""
    return ", ".join(part for part in (here, names_of(said, "plan")) if part)


def items(said: SubmissionDraft) -> list[Item]:
    return completeness.looked_at(case_of(said))
