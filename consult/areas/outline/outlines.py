"""What somebody drew, pasted or uploaded, read into one outline or refused in one sentence."""

import json
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from consult.areas.forms import DraftForm
from consult.areas.outline.mending import errors_in
from consult.areas.outline.uploads import file_name
from geodata import coordinates, reading, writing
from geodata.findings import Finding, Unreadable
from geodata.reading import Reading

MOST_BYTES = 10_000_000
NOTHING = "Draw the outline on the map, paste it, or choose a file."


@dataclass(frozen=True)
class Given:
    """What came: the bytes, how they came, the file's name, and what is in them."""

    data: bytes
    source: str
    name: str
    reading: Reading

    @property
    def read_as(self) -> str:
        """What the numbers were taken for, where that is not what everyone expects; else nothing."""
        system = self.reading.crs
        return "" if system == "EPSG:4326" else f"It was read as {coordinates.WORDS[system]}."

    @property
    def is_plain(self) -> bool:
        """One shape that can only be the area, of which nothing has to be said."""
        return len(self.reading.layers) < 2 and len(self.reading.features) == 1 and not self.reading.said

    @property
    def shape(self) -> BaseGeometry:
        """The one shape, in EPSG:27700; it may be invalid."""
        return self.reading.features[0].geometry

    @property
    def errors(self) -> list[Finding]:
        return errors_in(self.shape)

    @property
    def text(self) -> str:
        """The outline as the editor and the repair take it."""
        return self.data.decode("utf-8-sig", "replace")


def read(data: bytes, layer: str | None = None) -> Reading:
    """What is in a file that a member sent, of any format that we know. Raises Unreadable."""
    return reading.read(data, layer=layer, max_bytes=MOST_BYTES)


def read_form(form: DraftForm) -> Given | None:
    """The one outline that a form holds, where nobody can be asked which of several it is."""
    given = read_any(form)
    if given is not None and len(given.reading.features) > 1:
        field = form.file if form.upload else form.outline
        number = len(given.reading.features)
        field.errors = [f"There are {number:,} shapes here, and an area is one: keep only your own in it."]
        return None
    return given


def read_any(form: DraftForm) -> Given | None:
    """What the form holds; what is wrong with it stands beside its field, and the typed text stays."""
    field = form.file if form.upload else form.outline
    try:
        if form.upload:
            data = form.upload.read()
            return Given(data, "uploaded", file_name(form.upload.filename or ""), read(data))
        if form.outline.data:
            data = form.outline.data.encode("utf-8", "replace")
            return Given(data, "drawn", "", read(data))
        field.errors = [NOTHING]
    except Unreadable as problem:
        field.errors = [str(problem)]
    return None


def as_text(shape: BaseGeometry) -> str:
    """A kept outline as the editor takes it; the same millimetres come back."""
    parts = shapely.get_parts(shape)
    return json.dumps(writing.geojson_geometry(parts[0] if len(parts) == 1 else shape))
