"""The authority decides on a forum application: it designates the body as the forum for its area for five years, or
refuses with reasons (section 61F of the Town and Country Planning Act 1990)."""

from datetime import date
from uuid import UUID

from consult import audit, clock, jobs, mail
from consult.accounts.models import Person
from consult.database import alone, db, new_id
from consult.forums.models import ForumApplication, ForumDecision
from consult.spaces import handed
from consult.spaces.founding import leaders
from consult.spaces.models import standing
from consult.web.errors import Refused


def decide(
    application: ForumApplication, outcome: str, *, on: date, reasons: str, by: Person
) -> ForumDecision:
    """Records the decision where the authority stands; the body is told by mail. Raises Refused where it was decided or
    withdrawn meanwhile, or where the day lies before the application."""
    alone(f"decision on {application.id}")
    if not application.is_live:
        raise Refused(f"This application is {application.state} already, so it cannot be decided.")
    if on < clock.uk(application.at).date():
        raise Refused("The decision cannot be earlier than the application itself. Check the day.")
    handed.refuse_early("forum", application, on)
    decision = ForumDecision(
        space_id=application.space_id,
        id=new_id(),
        authority_id=application.authority_id,
        application_id=application.id,
        outcome=outcome,
        reasons=reasons,
        on=on,
        by_id=by.id,
        by=by.display_name,
    )
    db.session.add(decision)
    if outcome == "designated":
        application.space.designate(on, by=by)
    said = {"body": application.space.slug, "outcome": outcome, "on": on.isoformat()}
    audit.record("forum_application.decided", application.name, by=by, **said)
    db.session.flush()
    db.session.expire(application, ["decision"])
    jobs.post("forum.decided", {"decision": str(decision.id)}).space_id = application.space_id
    return decision


@jobs.handler("forum.decided")
def told(job: jobs.Job) -> dict[str, int]:
    """Tells the chairs of the body, where the body stands."""
    space = standing()
    decision = db.session.get_one(ForumDecision, (space.id, UUID(job.payload["decision"])))
    everyone = leaders(space)
    for person in everyone:
        mail.write(
            person.email,
            "forum_decided",
            "Your application to be a neighbourhood forum is decided",
            person=person,
            space=space,
            decision=decision,
            application=decision.application,
            link=mail.link("forums.show", space=space),
        )
    return {"told": len(everyone)}
