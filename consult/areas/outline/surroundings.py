"""What the law makes of where an area lies, as far as the boundaries are loaded: which authorities decide on it, and
what it takes of parishes. Asked where a body draws, when it applies, and again when its authority designates."""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from consult.areas.loaded import boundaries
from consult.areas.loaded.boundaries import Boundary
from consult.spaces.models import Space
from consult.web.errors import Refused
from geodata import surroundings
from geodata.findings import Finding
from geodata.register import clashes
from geodata.surroundings import Around

SPANS = "spans authorities"
NEEDS_CONSENT = "reaches into another parish"


@dataclass(frozen=True)
class Surroundings:
    """What was found of one body's area."""

    authorities: list[Finding]
    parishes: list[Finding]

    @property
    def findings(self) -> list[Finding]:
        return [*self.authorities, *self.parishes]

    @property
    def spans(self) -> str:
        """“This area spans A and B: both decide.”, or nothing where one authority decides."""
        return " ".join(finding.message for finding in self.authorities if finding.code == SPANS)

    @property
    def needs_consent(self) -> bool:
        return any(finding.code == NEEDS_CONSENT for finding in self.parishes)

    @property
    def in_the_way(self) -> list[Finding]:
        """What the law leaves no way round, and consents that are not recorded."""
        return [
            finding
            for finding in self.findings
            if finding.severity == "error" or finding.code == NEEDS_CONSENT
        ]


def of(space: Space, shape: BaseGeometry) -> Surroundings:
    """Looks at a body's area (valid, EPSG:27700 metres). Asked where the body or its authority stands."""
    return Surroundings(authorities_of(space, shape), parishes_of(space, shape))


def authorities_of(space: Space, shape: BaseGeometry) -> list[Finding]:
    theirs = boundaries.own(space.authority, "authority") if space.authority else []
    near = boundaries.near(shape, "authority")
    own = theirs[0] if theirs else None
    if own is not None and own not in near:
        near.append(own)
    return surroundings.spanning(shape, as_around(near), own.name if own else "")


def of_a_forum(shape: BaseGeometry) -> list[Finding]:
    """What a forum's area (valid, EPSG:27700 metres) contains of parishes that have a council (s61G(3)(b), Town
    and Country Planning Act 1990); nothing where no parishes are loaded."""
    return surroundings.on_parishes(shape, as_around(boundaries.near(shape, "parish")), body="forum")


def parishes_of(space: Space, shape: BaseGeometry) -> list[Finding]:
    if space.kind == "forum":
        return of_a_forum(shape)
    near = boundaries.near(shape, "parish")
    theirs = boundaries.own(space, "parish")
    consented = boundaries.consents_of(space)
    consents = {parish.name for parish in near if parish.reference in consented}
    if len(theirs) > 1:  # a council of several parishes
        return surroundings.on_parishes(
            shape, as_around(p for p in near if p not in theirs), body="council", consents=consents
        )
    near += [parish for parish in theirs if parish not in near]
    own = theirs[0].name if theirs else ""
    return surroundings.on_parishes(shape, as_around(near), body="council", own=own, consents=consents)


def as_around(found: Iterable[Boundary]) -> list[Around]:
    return [Around(boundary.name, boundary.geometry) for boundary in found]


def reached_into(space: Space, shape: BaseGeometry) -> list[Boundary]:
    """The parishes of other councils that a council's area reaches into, whether they have consented or not.

    Raises TooComplex where the outlines cross too often to tell.
    """
    theirs = boundaries.own(space, "parish")
    others = [parish for parish in boundaries.near(shape, "parish") if parish not in theirs]
    shared = clashes(shape, [parish.geometry for parish in others])
    return [others[clash.index] for clash in shared if clash.kind == "overlap"]


def refuse_unlawful(space: Space, shape: BaseGeometry) -> Surroundings:
    """What was found, unless it stands in the way of an application or a designation. Raises Refused."""
    found = of(space, shape)
    if found.in_the_way:
        raise Refused(" ".join(f"{finding.message} {finding.remedy}" for finding in found.in_the_way))
    return found
