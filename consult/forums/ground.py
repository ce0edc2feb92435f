"""The area that a forum applies for, as far as its space has one: on the register, applied for, or only drawn."""

from dataclasses import dataclass

from shapely.geometry import MultiPolygon

from consult.areas import register
from consult.areas.models import latest_version
from consult.areas.outline import surroundings
from consult.spaces.models import Space
from geodata import boundary


@dataclass(frozen=True)
class Ground:
    """`outline` is canonical WKB, EPSG:27700; `words` say where it comes from."""

    outline: bytes
    name: str
    words: str

    @property
    def geometry(self) -> MultiPolygon:
        return boundary.from_wkb(self.outline)

    @property
    def hectares(self) -> float:
        return boundary.hectares(self.geometry)


def of(space: Space) -> Ground | None:
    """The area of the space we stand in."""
    entry = register.entry_of(space.id)
    if entry is not None:
        status = "designated" if entry.designated_on else "applied for"
        return Ground(entry.outline, entry.name, f"As on the register, {status}: {entry.reference}.")
    application = register.application_now()
    if application is not None and application.is_live:
        return Ground(application.outline, application.name, "As you applied for it, and contested.")
    version = latest_version()
    if version is None:
        return None
    return Ground(version.outline, "", f"Your outline {version.number}, not applied for yet.")


def in_the_way(space: Space, ground: Ground) -> str:
    """Why no forum may be designated for it (section 61F(3), Town and Country Planning Act 1990): it has part of a
    parish council's area in it."""
    found = surroundings.of(space, ground.geometry).in_the_way
    return " ".join(f"{finding.message} {finding.remedy}" for finding in found)
