"""The road of the demo's plans: one forum has applied and waits, one fills its application in, one has submitted its
plan, which the authority publicises."""

from datetime import timedelta
from random import Random
from typing import Any, Final

from consult.accounts.models import Person
from consult.consultations.handed.taking_in import publicise as publicised
from consult.consultations.models import Consultation
from consult.database import db
from consult.demo import consultees, names, past, people, representing
from consult.demo.founding import space_of
from consult.demo.library import shelf
from consult.feedback import announced
from consult.forums import drafting as forums
from consult.officers import taking
from consult.spaces import milestones
from consult.submitting import drafting as submissions
from consult.submitting import handing
from consult.submitting.models import submitted_to

APPLIED_DAYS_AGO, PUBLICISED_DAYS_AGO, BEGUN_DAYS_AGO, SUBMITTED_DAYS_AGO = 12, 9, 4, 6
COMPLETE_DAYS_AGO, OPENED_DAYS_AGO, OPEN_FOR_DAYS = 5, 3, 45
WHERE_TO_SEE: Final = "On this page at any time, and on paper at {place}, Monday to Friday, 9am to 5pm."
SEED: Final = 21


def tell() -> None:
    apply()
    begin()
    submit()
    publicise()


def apply() -> None:
    """Station Fields has handed its application over; the authority publicises it."""
    body = space_of("station-fields")
    chair = people.chair_of(body.slug)
    with past.working(body, chair, past.on(past.day(APPLIED_DAYS_AGO), 21)):
        said = {
            "constitution": shelf("road")["constitution"].format(name=body.name, area="Station Fields"),
            "statement": shelf("road")["statement"],
        }
        forums.keep(chair, "all of it", area_name="Station Fields", **contact(chair, body.slug), **said)
        forums.keep_members(chair, listed(24, "Signal Gardens"))
        forums.hand(chair)
    authority, officer = space_of(people.AUTHORITY), people.officer()
    with past.working(authority, officer, past.on(past.day(PUBLICISED_DAYS_AGO), 10)):
        on = past.day(PUBLICISED_DAYS_AGO)
        for key in ("forum_publicised", "area_publicised"):
            milestones.record(
                space_of(body.slug), key, on=on, by=officer, words="On our website and in the library."
            )


def begin() -> None:
    """Tannery Wharf has some of its members together, and no constitution yet."""
    body = space_of("tannery-wharf")
    chair = people.chair_of(body.slug)
    with past.working(body, chair, past.on(past.day(BEGUN_DAYS_AGO), 21)):
        forums.keep(chair, "names and contact", area_name="Tannery Wharf", **contact(chair, body.slug))
        forums.keep_members(chair, listed(9, "Wharf Road"))


def contact(chair: Person, slug: str) -> dict[str, str]:
    return {"contact_name": chair.display_name, "contact_email": f"plan@{slug}.example.org"}


def listed(number: int, street: str) -> list[dict[str, Any]]:
    """So many invented members: most live there, some work there, one is elected."""
    dice = Random(SEED)
    members = []
    for n in range(1, number + 1):
        someone = names.person(dice)
        kinds = {"lives": n % 5 != 0, "works": n % 5 == 0 or n % 7 == 0, "elected": n == 3}
        members.append({"name": f"{someone.first} {someone.last}", "address": f"{n} {street}", **kinds})
    return members


def submit() -> None:
    """Highfold has submitted its plan, with the statement that was built from what people said."""
    body = space_of("highfold")
    chair = people.chair_of(body.slug)
    with past.working(body, chair, past.on(past.day(SUBMITTED_DAYS_AGO), 19)):
        words = shelf("road")
        said = {"conditions": words["conditions"], "environment": "none", "reasons": words["reasons"]}
        built = submissions.reports()[0]
        submissions.keep(chair, "all of it", report_id=built.id, determined_on=past.day(200), **said)
        handing.hand(chair)


def publicise() -> None:
    """The authority has looked at it, and asks everyone about it (regulation 16)."""
    authority, officer = space_of(people.AUTHORITY), people.officer()
    with past.working(authority, officer, past.on(past.day(COMPLETE_DAYS_AGO), 14)):
        (handed,) = submitted_to(authority)
        on = past.day(COMPLETE_DAYS_AGO)
        handing.reply(handed, "complete", missing=[], words="Thank you.", on=on, by=officer)
        shown = {file.name for file in taking.publishable(handed) if not taking.holds_back(file)}
        made = publicised(taking.of_submission(handed, shown), officer)
        made.where_to_see = WHERE_TO_SEE.format(place=made.contact_address)
        made.last_day = past.day(OPENED_DAYS_AGO) + timedelta(days=OPEN_FOR_DAYS)
    with past.working(authority, officer, past.on(past.day(OPENED_DAYS_AGO), 9)):
        opened = db.session.get_one(Consultation, (made.space_id, made.id))
        opened.open(officer)
        consultees.send_what_waits()
        representing.represent(opened)
        db.session.flush()
        announced.bring_up_to_date(opened)
