"""What somebody drew, pasted or uploaded, read into one outline or refused in one sentence."""

import json
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from consult.areas.forms import DraftForm
from geodata import boundary, writing
from geodata.findings import Finding, Unreadable
from geodata.reading import read_geojson

MOST_BYTES = 10_000_000
MOST_POINTS = (
    20_000  # several times the longest parish boundary that we know of; every later look costs by them
)
NOTHING = "Draw the outline on the map, paste it, or choose a file."


@dataclass(frozen=True)
class Given:
    """An outline as it came: the bytes, how, the file's name, and the shape in EPSG:27700 (which may be invalid)."""

    data: bytes
    source: str
    name: str
    shape: BaseGeometry

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in boundary.check(self.shape) if finding.severity == "error"]

    @property
    def text(self) -> str:
        """The outline as the editor and the repair take it."""
        return self.data.decode("utf-8-sig", "replace")


@dataclass(frozen=True)
class Mending:
    """An outline that cannot be kept as it is: what is wrong, and the repair, or why there is none."""

    given: Given
    repair: boundary.Repair | None
    no_repair: str

    @classmethod
    def of(cls, given: Given) -> "Mending":
        try:
            return cls(given, boundary.repair(given.shape), "")
        except (boundary.TooComplex, boundary.NotABoundary) as error:
            return cls(given, None, str(error))


def read(data: bytes, source: str, name: str = "") -> Given:
    """One outline. Raises Unreadable."""
    features = read_geojson(data, max_bytes=MOST_BYTES, max_vertices=MOST_POINTS).features
    if len(features) > 1:
        raise Unreadable(
            f"There are {len(features):,} shapes here, and an area is one: keep only your own in it."
        )
    return Given(data, source, name, features[0].geometry)


def read_form(form: DraftForm) -> Given | None:
    """What the form holds; what is wrong with it stands beside its field, and the typed text stays."""
    field = form.file if form.upload else form.outline
    try:
        if form.upload:
            return read(form.upload.read(), "uploaded", form.upload.filename or "")
        if form.outline.data:
            return read(form.outline.data.encode("utf-8", "replace"), "drawn")
        field.errors = [NOTHING]
    except Unreadable as problem:
        field.errors = [str(problem)]
    return None


def as_text(shape: BaseGeometry) -> str:
    """A kept outline as the editor takes it; the same millimetres come back."""
    parts = shapely.get_parts(shape)
    return json.dumps(writing.geojson_geometry(parts[0] if len(parts) == 1 else shape))
