"""Which clocks run for a body: each from what is on record of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import shapely
import sqlalchemy as sa

from consult import clock
from consult.areas.decisions import duties
from consult.areas.loaded import boundaries
from consult.areas.loaded.boundaries import Boundary
from consult.areas.models import Application
from consult.areas.outline.surroundings import SPANS, as_around
from consult.database import db
from consult.forums.models import ForumApplication
from consult.officers.clocks import Clock, begin
from consult.officers.known import Known
from consult.spaces.models import Space, standing
from geodata import surroundings

ORDER = {"overdue": 0, "soon": 1, "asap": 2, "running": 3}


@dataclass(frozen=True)
class Lying:
    """Which applications are for a whole parish, and which lie in several authorities: their ids."""

    whole: frozenset[UUID] = field(default_factory=frozenset)
    several: frozenset[UUID] = field(default_factory=frozenset)


def running(district: list[Known], today: date) -> list[Clock]:
    """Every clock of the district, what is overdue first, then by its last day."""
    lying = looked_up(district)
    every = [each for known in district for each in of_body(known, lying, today)]
    far = date.max
    return sorted(
        every, key=lambda each: (ORDER[each.state(today)], each.due or far, each.begun, each.body.name)
    )


def of_body(known: Known, lying: Lying, today: date) -> list[Clock]:
    found = [
        *(each for one in known.applications for each in of_area(known, one, lying)),
        *(each for one in known.forum_applications for each in of_forum(known, one, lying)),
        *of_designation(known),
        *of_submission(known),
        *of_report(known),
        *of_referendum(known),
    ]
    return [each for each in found if not (each.rule.waits and each.due and each.due < today)]


def of_area(known: Known, found: Application, lying: Lying) -> list[Clock]:
    """Regulations 5A, 6 and 6A. A day of publicity before the application was for another one."""
    made, at = clock.uk(found.at).date(), ("areas.application", {"application_id": found.id})
    parish = found.id in lying.whole
    told: dict[str, Any] = {"of": made, "at": at}
    if parish and (at_once := begin("whole_parish", made, known.space, at=at)):
        return at_once
    publicised = known.milestones.get("area_publicised")
    if publicised is None or publicised < made:
        return begin("area_publicity", made, known.space, at=at)
    several = bool(found.spans)
    return [
        *begin("area_views", publicised, known.space, **told, parish=parish),
        *begin("area_decision", publicised, known.space, **told, parish=parish, several=several),
    ]


def of_forum(known: Known, found: ForumApplication, lying: Lying) -> list[Clock]:
    """Regulations 9 and 9A."""
    made, at = clock.uk(found.at).date(), ("forums.application", {"application_id": found.id})
    publicised = known.milestones.get("forum_publicised")
    if publicised is None or publicised < made:
        return begin("forum_publicity", made, known.space, at=at)
    several = found.id in lying.several
    return [
        *begin("forum_views", publicised, known.space, of=made, at=at),
        *begin("forum_decision", publicised, known.space, of=made, at=at, several=several),
    ]


def of_designation(known: Known) -> list[Clock]:
    if known.designated is None or known.space.kind != "forum":
        return []
    at = ("spaces.designate", {"slug": known.space.slug})
    return begin("forum_designation", known.designated, known.space, at=at)


def of_submission(known: Known) -> list[Clock]:
    found = known.submission
    if found is None or found.outcome == "incomplete":
        return []
    received, at = clock.uk(found.at).date(), ("submitting.one", {"submission_id": found.id})
    publicised = known.milestones.get("regulation_16")
    if publicised is not None:
        return begin("submission_views", publicised, known.space, at=at)
    return begin(
        "submission_publicity" if found.outcome else "submission_reply", received, known.space, at=at
    )


def of_report(known: Known) -> list[Clock]:
    """Regulation 17A: five weeks from the report; where the authority would depart from it, six weeks for views, and
    five from their end, or from the report of the further examination."""
    on = known.milestones
    if "report" not in on or "decision" in on:
        return []
    told: dict[str, Any] = {"at": ("spaces.milestones", {"slug": known.space.slug})}
    if "departure_report" in on:
        return begin("departure_decision", on["departure_report"], known.space, **told)
    if "departure_views" not in on:
        return begin("report_decision", on["report"], known.space, **told)
    views = begin("departure_views", on["departure_views"], known.space, **told)
    return [
        *views,
        *(
            e
            for each in views
            if each.due
            for e in begin("departure_decision", each.due, known.space, **told)
        ),
    ]


def of_referendum(known: Known) -> list[Clock]:
    held = [known.milestones[key] for key in ("referendum", "business_referendum") if key in known.milestones]
    if not held or "made" in known.milestones:
        return []
    return begin("making", max(held), known.space, at=("spaces.milestones", {"slug": known.space.slug}))


# Where applications lie: one statement for all of them, and none where none waits.


def looked_up(district: list[Known]) -> Lying:
    councils: list[tuple[Known, Application]] = [
        (k, each) for k in district if k.space.kind == "council" for each in k.applications
    ]
    forums: list[tuple[Known, ForumApplication]] = [
        (k, each) for k in district for each in k.forum_applications
    ]
    shapes = [each.geometry for _, each in councils] + [each.geometry for _, each in forums]
    near = boundaries_near(shapes)
    parishes = [each for each in near if each.kind == "parish"]
    entries = [k.entry for k in district if k.entry is not None]
    whole = {
        each.id
        for k, each in councils
        if duties.whole(
            own(k.space, parishes),
            each.geometry,
            [e for e in entries if e.space_id != k.space.id and e.geometry.intersects(each.geometry)],
        )
    }
    several = {each.id for _, each in forums if spans([n for n in near if n.kind == "authority"], each)}
    return Lying(frozenset(whole), frozenset(several))


def boundaries_near(shapes: list[Any]) -> list[Boundary]:
    """Parishes and authorities whose boxes meet the box round all the shapes (EPSG:27700 metres)."""
    if not shapes:
        return []
    west, south, east, north = shapely.total_bounds(shapes)
    found = sa.select(Boundary).where(
        Boundary.kind.in_(("parish", "authority")),
        *(Boundary.west <= east, Boundary.east >= west, Boundary.south <= north, Boundary.north >= south),
    )
    return list(db.session.scalars(found.order_by(Boundary.name, Boundary.reference)))


def own(space: Space, parishes: Iterable[Boundary]) -> list[Boundary]:
    """As `boundaries.own` finds them, among those that are near."""
    tied = [each for each in parishes if each.body_id == space.id]
    called = (each for each in parishes if each.body_id is None and boundaries.is_called(each.name, space))
    return tied or list(called)


def spans(authorities: list[Boundary], found: ForumApplication) -> bool:
    here = standing()
    ours: Iterator[str] = (
        each.name for each in authorities if each.body_id == here.id or boundaries.is_called(each.name, here)
    )
    findings = surroundings.spanning(found.geometry, as_around(authorities), next(ours, ""))
    return any(each.code == SPANS for each in findings)
