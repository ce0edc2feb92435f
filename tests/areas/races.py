"""Two people at once, each on a connection of their own, both wanting the same ground."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from consult import tenancy
from consult.areas import register
from consult.areas.decisions import modifying, proposing, settling
from consult.areas.models import Application, RegisterEntry, latest_version, save_version
from consult.database import db, unit_of_work
from consult.web.errors import Refused
from geodata.boundary import canonical
from geodata.register import audit
from tests.areas.ground import application_of, apply_here, square

DAY = date(2027, 3, 14)


@dataclass(frozen=True)
class Result:
    """How a race ended: what each runner says, the names on the register, and the states of the applications."""

    said: list[str]
    on_register: list[str]
    states: list[str]


def race(app: Flask, *runners: tuple[UUID, Callable[[], str]]) -> list[str]:
    """Runs each function in its space at the same moment; what each of them says, or what it raised."""
    start = threading.Barrier(len(runners))

    def run(space_id: UUID, act: Callable[[], str]) -> str:
        with app.app_context():
            try:
                with unit_of_work(), tenancy.inside(space_id):
                    db.session.execute(sa.select(RegisterEntry.id))  # as a request that has read something
                    start.wait(30)
                    said = act()
                    db.session.flush()
            except Refused:
                return "refused"
            except Exception as problem:
                return type(problem).__name__
            finally:
                db.session.remove()
            return said

    with ThreadPoolExecutor(len(runners)) as pool:
        return [done.result() for done in [pool.submit(run, *runner) for runner in runners]]


def two_applications(app: Flask, ash: UUID, beck: UUID) -> Result:
    for body, east in ((ash, 0), (beck, 500)):
        with app.app_context(), unit_of_work(), tenancy.inside(body):
            save_version(square(east), source="drawn", by=None)
            db.session.flush()

    def apply(name: str) -> Callable[[], str]:
        words = {"name": name, "why_appropriate": "One place.", "relevant_body": "Ours."}
        return lambda: register.apply_for(latest_version(), **words, by=None).state

    said = race(app, (ash, apply("Ash")), (beck, apply("Beck")))
    return Result(said, *standing(app, ash, beck))


def two_claims(app: Flask, ash: UUID, beck: UUID, authority: UUID) -> Result:
    """Two imports of clashing outlines: `claim` and nothing before it."""

    def claim(body: UUID, east: float) -> Callable[[], str]:
        words = {"space_id": body, "authority_id": authority, "name": "An area", "body": "A body"}
        return lambda: "clash" if register.claim(canonical(square(east)), **words) else "on the register"

    said = race(app, (ash, claim(ash, 0)), (beck, claim(beck, 500)))
    return Result(said, *standing(app, ash, beck))


def two_designations(
    app: Flask, authority: UUID, dell: UUID, ash: UUID, beck: UUID, north: float = 0
) -> Result:
    """Both applications are contested by a third area that has gone; two officers designate one each. `north` puts a
    further race on ground of its own: what was designated once cannot be applied for anew."""
    for body, name, shape in (
        (dell, "Dell", square(0, north, 3000)),
        (ash, "Ash", square(0, north)),
        (beck, "Beck", square(500, north)),
    ):
        with app.app_context(), unit_of_work(), tenancy.inside(body):
            apply_here(shape, name)
            db.session.flush()
    withdraw_all(app, dell)

    def designate(body: UUID) -> Callable[[], str]:
        return lambda: settling.designate(application_of(body), on=DAY, by=None, slivers="left").name

    said = race(app, (authority, designate(ash)), (authority, designate(beck)))
    return Result(said, *standing(app, ash, beck))


def two_settlements(
    app: Flask, authority: UUID, dell: UUID, ash: UUID, beck: UUID, ways: tuple[str, str], north: float = 0
) -> Result:
    """Dell is designated; Ash and Beck contest it and one another. Two officers settle one application each, each in a
    way of their own. `north` as above."""
    for body, name, shape in (
        (dell, "Dell", square(0, north)),
        (ash, "Ash", square(500, north)),
        (beck, "Beck", square(700, north)),
    ):
        with app.app_context(), unit_of_work(), tenancy.inside(body):
            apply_here(shape, name)
            db.session.flush()
        if body == dell:
            with app.app_context(), unit_of_work(), tenancy.inside(authority):
                settling.designate(application_of(dell), on=DAY, by=None)
                db.session.flush()

    def settle(body: UUID, way: str) -> Callable[[], str]:
        return lambda: settled(application_of(body), way)

    said = race(app, *((authority, settle(body, way)) for body, way in zip((ash, beck), ways, strict=True)))
    return Result(said, *standing(app, ash, beck))


def settled(application: Application, way: str) -> str:
    """A settlement in one of the ways that an officer has; what was looked at is looked at in the race itself."""
    words: dict[str, Any] = {"on": DAY, "by": None, "reasons": "Agreed."}
    if way == "refuse":
        settling.refuse(application, **words)
    elif way == "modify":
        modifying.modify_others(application, **words)
    else:
        shared = register.shared_with(application.geometry, apart_from=application.entry)
        smaller = proposing.cut_back(application, shared)
        if smaller is None:
            raise Refused("Nothing is left.")
        settling.designate(application, outline=smaller.outline, **words)
    return application.name


def overlaps(app: Flask) -> int:
    """How many pairs on the register overlap: none, whatever was raced."""
    with app.app_context():
        found = audit([entry.geometry for entry in register.entries()]).overlaps
        db.session.remove()
        return len(found)


def standing(app: Flask, *bodies: UUID) -> tuple[list[str], list[str]]:
    """The names on the register, and the states of the last application of each body, unless it was withdrawn."""
    states = []
    with app.app_context():
        names = [entry.name for entry in register.entries()]
        for body in bodies:
            with tenancy.inside(body):
                last = register.application_now()
                states += [last.state] if last is not None and last.withdrawn is None else []
        db.session.remove()
    return names, sorted(states)


def withdraw_all(app: Flask, *bodies: UUID) -> None:
    """Back to an empty register."""
    for body in bodies:
        with app.app_context(), unit_of_work(), tenancy.inside(body):
            register.take_off(register.entry_of(body))
            last = register.application_now()
            if last is not None and last.is_live:
                register.withdraw(last, by=None)
            db.session.flush()
