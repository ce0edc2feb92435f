"""Those who asked in their representation to be told of the decision are told: that the plan is made, or that it is
refused (regulation 16 has everyone told that they may ask, regulations 19 and 20 have them sent it). Each once, with
their reference; the body too."""

from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from consult import audit, jobs, mail
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.consultations.words import day
from consult.database import alone, db
from consult.examining.models import DecisionMail, DecisionTelling
from consult.jobs import Job
from consult.responses.instead import standing_instead
from consult.responses.models import Response
from consult.spaces import milestones
from consult.spaces.founding import leaders
from consult.spaces.milestones import Milestone
from consult.spaces.models import standing
from consult.tenancy import here
from consult.web.errors import Refused
from consult.web.languages import ENGLISH, OURS

DECISIONS: Final = ("made", "refused")  # of `journey.toml`


def decision_on(consultation: Consultation) -> Milestone | None:
    """The authority's decision on the plan, as it stands on record."""
    if consultation.proposal is None:
        return None
    found = [each for each in milestones.of(consultation.proposal.applicant) if each.key in DECISIONS]
    return found[-1] if found else None


def who_asked(consultation: Consultation) -> list[Response]:
    """The representations whose senders asked; not one that was withdrawn, or that another stands in place of."""
    asked = sa.select(Response).where(
        Response.consultation_id == consultation.id, Response.tell_decision.is_(True)
    )
    found = db.session.scalars(asked.options(joinedload(Response.set_aside)).order_by(Response.reference))
    return [each for each in found if not is_gone(each)]


def is_gone(response: Response) -> bool:
    aside = response.set_aside
    return aside is not None and (aside.kind == "withdrawn" or standing_instead(response) is not None)


def mails_of(telling: DecisionTelling) -> dict[UUID, DecisionMail]:
    """By the response whose sender was told."""
    sent = sa.select(DecisionMail).where(DecisionMail.telling_id == telling.id)
    return {each.response_id: each for each in db.session.scalars(sent)}


def telling_of(consultation: Consultation, decision: Milestone | None) -> DecisionTelling | None:
    if decision is None:
        return None
    mine = sa.select(DecisionTelling).where(
        DecisionTelling.consultation_id == consultation.id, DecisionTelling.decision == decision.key
    )
    return db.session.scalar(mine)


def tell(consultation: Consultation, by: Person) -> DecisionTelling:
    """Tells everyone who asked and was not told of this decision, by a job; the body the first time. Raises Refused
    where no decision is on record."""
    db.session.flush()
    alone(f"decision on {consultation.id}")
    decision = decision_on(consultation)
    if decision is None:
        raise Refused(
            "Record the decision first: that the plan is made, or that it is refused (regulation 19)."
        )
    telling = telling_of(consultation, decision)
    if telling is None:
        about = {"decision": decision.key, "on": decision.on, "by_id": by.id}
        telling = DecisionTelling(consultation_id=consultation.id, **about)
        db.session.add(telling)
        db.session.flush()
        tell_the_body(consultation, decision)
    jobs.post("decision", {"telling": str(telling.id)})
    audit.record("decision.told", consultation.title, by=by, decision=decision.key)
    db.session.flush()
    return telling


@jobs.handler("decision")
def write_to_all(job: Job) -> dict[str, Any] | None:
    """The mails and the evidence of them are one commit, so nobody is told twice."""
    telling = db.session.get(DecisionTelling, (here(), UUID(job.payload["telling"])))
    if telling is None:
        return None
    alone(f"mails of {telling.id}")
    consultation = db.session.get_one(Consultation, (here(), telling.consultation_id))
    known = mails_of(telling)
    told = [each for each in who_asked(consultation) if each.email and each.id not in known]
    for response in told:
        write(consultation, telling, response)
        db.session.add(DecisionMail(telling_id=telling.id, response_id=response.id))
    db.session.flush()
    return {"told": len(told)}


def write(consultation: Consultation, telling: DecisionTelling, response: Response) -> None:
    """In the language in which they answered."""
    space = standing()
    with force_locale(response.language if response.language in OURS else ENGLISH):
        said = {
            "made": _(
                "%(name)s has decided to make the plan, on %(day)s.", name=space.name, day=day(telling.on)
            ),
            "refused": _(
                "%(name)s has decided not to make the plan, on %(day)s.", name=space.name, day=day(telling.on)
            ),
        }
        lines = [
            _("You asked to be told of the decision about the plan: “%(title)s”.", title=consultation.title),
            said[telling.decision],
            _("The id of your representation: %(reference)s", reference=response.reference),
            _("What has been published about it:\n%(link)s", link=page_of(consultation)),
            space.name,
        ]
        subject = _("The decision about the plan: %(title)s", title=consultation.title)
        mail.send(response.email, str(subject), "\n\n".join(map(str, lines)) + "\n")


def page_of(consultation: Consultation) -> str:
    return mail.link("consultations.show", space=standing(), reference=consultation.reference)


def tell_the_body(consultation: Consultation, decision: Milestone) -> None:
    """Performed where the body stands: its members are nobody else's to read."""
    given = {
        "authority": standing().name,
        "title": consultation.title,
        "decision": decision.key,
        "on": day(decision.on),
        "link": page_of(consultation),
    }
    jobs.post("decision to the body", given).space_id = decision.space_id


@jobs.handler("decision to the body")
def write_to_the_body(job: Job) -> dict[str, int]:
    space = standing()
    everyone = leaders(space)
    for person in everyone:
        subject = f"The decision about the plan of {space.name}"
        mail.write(person.email, "decision_to_the_body", subject, person=person, space=space, **job.payload)
    return {"told": len(everyone)}
