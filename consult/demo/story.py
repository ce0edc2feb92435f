"""The demo's story: an invented district, told into an empty database by the acts that people use."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from consult import audit, tenancy
from consult.audit import OperatorDeed
from consult.consultations.models import Consultation
from consult.database import alone, db, unit_of_work
from consult.demo import (
    answering,
    campaigns,
    coding,
    consulting,
    counting,
    founding,
    ground,
    outcome,
    people,
    road,
    sheets,
    unusual,
)
from consult.demo.consulting import SCENES, Scene
from consult.demo.district import District, district
from consult.demo.hearing import Listener
from consult.demo.people import Accounts
from consult.demo.voices import responses
from consult.feedback import announced, tallies
from consult.spaces.models import Space

SEED = 7
TOLD = "demo.told"
logger = logging.getLogger("consult")
Say = Callable[[str], None]


class NotEmpty(RuntimeError):
    """The database has other people's spaces: the demo must not be mixed with them."""


@dataclass(frozen=True)
class Listed:
    address: str  # SPACE/REF
    state: str
    title: str
    received: int


def tell(say: Say = print) -> bool:
    """Fills an empty database, in one transaction; false when the story has been told here before."""
    if is_told():
        return False
    with unit_of_work():
        alone("demo")
        if is_told():
            return False
        refuse_others()
        told_in_full(say)
        audit.record_operator(TOLD)
    return True


def told_in_full(say: Say) -> None:
    say("Making the demo: an invented district. This is done once, and takes up to half a minute.")
    place = district(SEED)
    accounts = Accounts.begin()
    authority = founding.begin(place, accounts)
    say(f"  {authority.name}: its map and {len(place.postcodes)} postcodes")
    for area in place.areas:
        body = founding.found_body(area, authority, accounts)
        ground.settle(area, place, authority, body)
        say(f"  {body.name}: space, members and area")
    for scene in SCENES:
        consulting.set_up(scene, place, founding.space_of(scene.space))
        heard = f"{hear(scene, place)} responses" if scene.opened else "a draft"
        say(f"  {scene.space}/{scene.reference}: “{scene.title}”, {heard}")
    body = founding.space_of("station-fields")
    consulting.extend(body, scene_of("station-fields"), 7, "Rain kept people from Saturday’s stall.")
    conclude(say)
    road.tell()
    say("  station-fields has applied to be a forum; highfold has submitted its plan, which is publicised")


def conclude(say: Say) -> None:
    """Highfold has closed: its results are published, its report is with the authority."""
    body, scene = founding.space_of("highfold"), scene_of("highfold")
    campaigns.sort(body, scene)
    unusual.look_through(body, scene)
    coding.read(body, scene)
    outcome.publish(body, scene)
    outcome.report(body, scene)
    say(f"  {scene.space}/{scene.reference}: results published, report built and released")
    say(
        f"  {scene.space}/{scene.reference}: {answering.reply(body, scene)} issues have a reply, one is published"
    )


def scene_of(slug: str) -> Scene:
    return next(scene for scene in SCENES if scene.space == slug)


def hear(scene: Scene, place: District) -> int:
    """The scene's voices until today; the number of responses."""
    body, area = founding.space_of(scene.space), place.area(scene.space)
    typist = people.typist_of(scene.space)
    with tenancy.inside(body.id, typist.id):
        consultation = consulting.of(scene)
        listener = Listener(consultation, typist)
        heard = listener.hear(responses(scene.stage, area, place, scene.voices, SEED))
        if scene.campaign:
            for kind, number in (("campaign", scene.campaign), ("petition", 1)):
                listener.hear(responses(kind, area, place, number, SEED))  # type: ignore[arg-type]
            outcome.sort_out(listener, heard)
            sheets.lay_out(listener, heard, people.chair_of(scene.space))
        db.session.flush()
        counting.day_by_day(consultation)
        announced.bring_up_to_date(consultation)
        db.session.flush()
        return tallies.received(consultation)


def is_told() -> bool:
    return db.session.scalar(sa.select(OperatorDeed.id).where(OperatorDeed.act == TOLD)) is not None


def refuse_others() -> None:
    if db.session.scalar(sa.select(Space.id).limit(1)) is not None:
        raise NotEmpty(
            "This database has spaces that are not the demo’s, so the demo was not added: give it an empty database."
        )


# What the newcomer is told.


def greet(say: Say = print) -> None:
    """At the start of bin/run: tells the story where there is nothing yet, then who can sign in and what there is."""
    if not is_told():
        try:
            refuse_others()
        except NotEmpty as refusal:
            say(str(refusal))
            return
        in_a_child(lambda: tell(say))
    introduce(say)


def in_a_child(act: Callable[[], object]) -> None:
    """The threads that convert coordinates and set reports do not survive a fork, and the server forks: whatever
    starts them before is done in a process of its own, or the server would wait for them for ever."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        failed = True
        try:
            act()
            failed = False
        except Exception:
            logger.exception("the demo could not be made")
        finally:
            sys.stdout.flush()
            os._exit(failed)
    if os.waitpid(child, 0)[1]:
        sys.exit("The demo could not be made. What is above says why; the database is as it was.")


def introduce(say: Say) -> None:
    say("")
    say(f"Who can sign in, all with the password “{people.PASSWORD}”:")
    width = max(len(player.email) for player in people.CAST)
    for player in people.CAST:
        say(f"  {player.email:{width}}  {what(player)}")
    say("Consultations:")
    for listed in consultations():
        say(f"  {listed.address:22}  {listed.state:6}  {listed.received:>3} responses  {listed.title}")
    say("Sign in with one click at /demo/sign-in; mail that the service sends lies at /demo/mail.")
    say("")


def what(player: Any) -> str:
    return (
        f"{player.name}, {player.role} of {player.space}"
        if player.space
        else f"{player.name}, runs the service"
    )


def consultations() -> Iterator[Listed]:
    for scene in SCENES:
        space = founding.space_of(scene.space)
        with tenancy.inside(space.id):
            for consultation in db.session.scalars(sa.select(Consultation).order_by(Consultation.reference)):
                address = f"{space.slug}/{consultation.reference}"
                yield Listed(
                    address, consultation.state(), consultation.title, tallies.received(consultation)
                )
