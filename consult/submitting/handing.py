"""Handing a submission to the authority, frozen; taking it back; and the authority's word on whether all has come."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from consult import audit, clock, jobs, mail
from consult.accounts.models import Person
from consult.areas import register
from consult.consultations.consulted.consultee_list import listed
from consult.consultations.models import Consultation
from consult.database import alone, db, new_id
from consult.plans.models import PlanVersion, latest_version, place_of
from consult.reports import manifest
from consult.spaces.founding import leaders
from consult.spaces.models import admission, standing
from consult.submitting import assembling, drafting
from consult.submitting.assembling import File
from consult.submitting.completeness import Item
from consult.submitting.models import (
    Submission,
    SubmissionDraft,
    SubmissionFile,
    SubmissionReply,
    SubmissionWithdrawal,
    SubmittedConsultee,
    SubmittedPolicy,
    SubmittedSection,
    SubmittedSite,
    submissions_of,
)
from consult.web.errors import Refused

OF_A_POLICY = ("key", "reference", "title", "summary", "text")
OF_A_SECTION = ("key", "title", "text", "level")
OF_A_SITE = ("reference", "name", "kind", "notes", "outline", "hectares")
OF_A_BODY = ("body", "organisation", "name", "email", "address")


def hand(by: Person) -> Submission:
    """Freezes all that was assembled, the plan's version with it. Raises Refused while anything is missing."""
    said, space = drafting.take(), standing()
    earlier = submissions_of(space)
    if earlier and earlier[0].stands:
        raise Refused("A submission is with your authority already. Withdraw it before you submit again.")
    if admission() is None or space.authority_id is None:
        raise Refused(f"Your authority must admit {space.name} before it can submit a plan.")
    items = drafting.items(said)
    if missing := [f"{item.missing} ({item.where})" for item in items if not item.done]:
        raise Refused(f"The submission is not complete. {' '.join(missing)}")
    if (version := latest_version()) is not None:
        version.freeze()
    files = assembling.assembled(said, items)
    made = record(said, items, files, number=len(earlier) + 1, by=by)
    audit.record("submission.handed", made.title, by=by, number=made.number, sha256=made.sha256)
    db.session.flush()
    return made


def record(
    said: SubmissionDraft, items: list[Item], files: list[File], number: int, by: Person
) -> Submission:
    space, version, asked = standing(), latest_version(), drafting.consultation()
    entry = register.entry_of(space.id)
    assert entry is not None
    made = Submission(
        id=new_id(),
        authority_id=space.authority_id,
        number=number,
        kind=said.kind,
        title=version.plan.title if version else f"{place_of(space.name)} neighbourhood plan",
        body=space.name,
        area_name=entry.name,
        area_reference=entry.reference,
        plan_version=version.number if version else None,
        consultation_reference=asked.reference if asked else "",
        items=[in_index(item, files) for item in items],
        sha256=next(checksum(file.content) for file in files if file.name == manifest.NAME),
        outline=entry.outline,
        hectares=entry.hectares,
        by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    carry(made, version, asked)
    for position, file in enumerate(files, 1):
        about = {"item": file.item, "name": file.name, "media_type": file.media_type, "content": file.content}
        whose = {"authority_id": made.authority_id, "submission_id": made.id, "position": position}
        size, sha256 = len(file.content), checksum(file.content)
        db.session.add(SubmissionFile(**whose, **about, size=size, sha256=sha256))
    db.session.flush()
    return made


def carry(made: Submission, version: PlanVersion | None, asked: Consultation | None) -> None:
    """What the authority will ask people about, and whom it will notify (regulation 16), as records of their own: it
    cannot look into the body's space."""
    whose = {"authority_id": made.authority_id, "submission_id": made.id}
    if version:
        carry_plan(version, whose)
    bodies = [each for each in listed(asked) if each.body] if asked else []
    for position, body in enumerate(bodies, 1):
        db.session.add(SubmittedConsultee(**whose, position=position, **said_of(body, OF_A_BODY)))


def carry_plan(version: PlanVersion, whose: Mapping[str, UUID | None]) -> None:
    """Its sections, its sites with their shapes, and its policies with the section and the land of each."""
    keys = {section.id: section.key for section in version.sections}
    for position, section in enumerate(version.sections, 1):
        db.session.add(SubmittedSection(**whose, position=position, **said_of(section, OF_A_SECTION)))
    for position, site in enumerate(version.sites, 1):
        db.session.add(SubmittedSite(**whose, position=position, **said_of(site, OF_A_SITE)))
    for position, policy in enumerate(version.policies, 1):
        stands = {
            "section": keys[policy.section_id] if policy.section_id else "",
            "sites": [site.reference for site in policy.sites],
        }
        words = said_of(policy, OF_A_POLICY)
        db.session.add(SubmittedPolicy(**whose, position=position, **stands, **words))


def said_of(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def in_index(item: Item, files: list[File]) -> dict[str, object]:
    theirs = [file.name for file in files if file.item == item.key]
    return {
        "key": item.key,
        "regulation": item.where,
        "title": item.name,
        "words": item.found,
        "files": theirs,
    }


def withdraw(by: Person) -> Submission:
    """Takes the last submission back. Raises Refused where none stands."""
    drafting.take()
    latest = next(iter(submissions_of(standing())), None)
    if latest is None or not latest.stands:
        raise Refused("There is no submission with your authority that could be withdrawn.")
    whose = {"authority_id": latest.authority_id, "submission_id": latest.id}
    db.session.add(SubmissionWithdrawal(**whose, by_id=by.id))
    audit.record("submission.withdrawn", latest.title, by=by, number=latest.number)
    db.session.flush()
    db.session.expire(latest, ["withdrawal"])
    return latest


def reply(
    submission: Submission, outcome: str, *, missing: list[str], words: str, on: date, by: Person
) -> SubmissionReply:
    """The authority's word, where it stands: complete, or what is missing. The body is told by mail. Raises Refused."""
    alone(f"reply to {submission.id}")
    db.session.expire(submission)
    if submission.state == "withdrawn":
        raise Refused("The body has withdrawn this submission, so there is nothing to answer.")
    if on < clock.uk(submission.at).date():
        raise Refused("The day cannot be earlier than the submission itself. Check the day.")
    made = SubmissionReply(
        space_id=submission.space_id,
        id=new_id(),
        authority_id=submission.authority_id,
        submission_id=submission.id,
        outcome=outcome,
        missing=missing if outcome == "incomplete" else [],
        words=words,
        on=on,
        by_id=by.id,
        by=by.display_name,
    )
    db.session.add(made)
    said = {"number": submission.number, "outcome": outcome, "missing": made.missing}
    audit.record("submission.answered", submission.title, by=by, **said)
    db.session.flush()
    db.session.expire(submission, ["replies"])
    jobs.post("submission.answered", {"reply": str(made.id)}).space_id = submission.space_id
    return made


@jobs.handler("submission.answered")
def told(job: jobs.Job) -> dict[str, int]:
    """Tells the chairs of the body, where the body stands."""
    space = standing()
    answer = db.session.get_one(SubmissionReply, (space.id, UUID(job.payload["reply"])))
    titles = {item["key"]: f"{item['title']} ({item['regulation']})" for item in answer.submission.items}
    everyone = leaders(space)
    for person in everyone:
        words = {
            "person": person,
            "space": space,
            "reply": answer,
            "link": mail.link("submitting.show", space=space),
        }
        missing = [titles.get(key, key) for key in answer.missing]
        mail.write(
            person.email, "submission_answered", "Your submission is answered", missing=missing, **words
        )
    return {"told": len(everyone)}
