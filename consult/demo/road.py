"""The road of the demo's plans: one forum has applied and waits, one fills its application in, one has submitted."""

from random import Random
from typing import Any, Final

from consult.accounts.models import Person
from consult.demo import names, past, people
from consult.demo.founding import space_of
from consult.demo.library import shelf
from consult.forums import drafting as forums
from consult.spaces import milestones
from consult.submitting import drafting as submissions
from consult.submitting import handing

APPLIED_DAYS_AGO, PUBLICISED_DAYS_AGO, BEGUN_DAYS_AGO, SUBMITTED_DAYS_AGO = 12, 9, 4, 6
SEED: Final = 21


def tell() -> None:
    apply()
    begin()
    submit()


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
