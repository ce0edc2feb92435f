"""Files of boundaries into the table: run again, what has the same reference is replaced."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from consult import audit, clock
from consult.areas.loaded.boundaries import BODY_KINDS, Boundary, Kind, is_called, own, plain
from consult.areas.registering.importing import fault, slug_of
from consult.database import alone, db
from consult.spaces.models import Space
from geodata.boundary import NotABoundary
from geodata.reading import Feature

UNPARISHED = "unparished"  # in the name of ground that official files fill in between the parishes


@dataclass
class Loaded:
    """What came of a file: how many are in the table, how many of them were new, whose they are, what was refused."""

    kept: int = 0
    new: int = 0
    tied: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """What is the same for every boundary of a file. Without a field of references they are made of the names."""

    kind: Kind
    name_field: str
    reference_field: str
    attribution: str
    file_name: str


def load(features: list[Feature], source: Source) -> Loaded:
    """Keeps each boundary, or says why it is refused; inside a unit of work."""
    alone(f"boundaries of kind {source.kind}")
    done = Loaded()
    whose = Bodies(source.kind, (words_in(feature, source.name_field) for feature in features))
    made_of_names = Counter[str]()
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        name = words_in(feature, source.name_field)
        reference = words_in(feature, source.reference_field) if source.reference_field else ""
        if not reference and name:
            made_of_names[slug_of(name)] += 1
            reference = numbered(slug_of(name), made_of_names[slug_of(name)])
        trouble = unusable(name, reference, feature, source, seen)
        if trouble:
            done.refused.append(f"{f'“{name}”' if name else f'Shape {number}'} is refused: {trouble}")
            continue
        seen.add(reference)
        keep(feature, name, reference, source, whose, done)
    from_where = {"kind": source.kind, "file": source.file_name}
    audit.record_operator("boundaries.imported", kept=done.kept, refused=len(done.refused), **from_where)
    return done


def unusable(name: str, reference: str, feature: Feature, source: Source, seen: set[str]) -> str:
    if not name:
        return f"it has no name in the field “{source.name_field}”."
    if source.kind == "parish" and UNPARISHED in name.casefold():
        return "it is ground without a parish."
    if reference in seen:
        return f"the reference “{reference}” is in the file twice."
    return fault(feature)


def keep(feature: Feature, name: str, reference: str, source: Source, whose: "Bodies", done: Loaded) -> None:
    found = sa.select(Boundary).where(Boundary.kind == source.kind, Boundary.reference == reference)
    boundary = db.session.scalar(found) or Boundary(kind=source.kind, reference=reference)
    try:
        boundary.draw(feature.geometry)
    except NotABoundary as problem:
        done.refused.append(f"“{name}” is refused: {problem}")
        return
    done.new += boundary.id is None
    done.kept += 1
    boundary.name, boundary.attribution, boundary.loaded = name, source.attribution, clock.now()
    body = whose.body_of(boundary)
    if body is not None:
        boundary.body_id = body.id
        done.tied.append(f"“{name}” is the boundary of {body.name}.")
    db.session.add(boundary)
    db.session.flush()


class Bodies:
    """The spaces that boundaries of a kind can be of."""

    def __init__(self, kind: Kind, names: Iterable[str]) -> None:
        wanted = sa.select(Space).where(Space.kind == BODY_KINDS.get(kind, ""))
        self.spaces = list(db.session.scalars(wanted))
        self.named = Counter(plain(name) for name in names)

    def body_of(self, boundary: Boundary) -> Space | None:
        """The one space that is plainly meant; None where there is none, or where nobody can say which is."""
        called = [space for space in self.spaces if is_called(boundary.name, space)]
        found = [space for space in called if self.may_be_of(boundary, space)]
        return found[0] if len(found) == 1 else None

    def may_be_of(self, boundary: Boundary, space: Space) -> bool:
        """In its district, where that is known; else the only one so called in the file."""
        districts = own(space.authority, "authority") if space.authority else []
        if districts:
            return any(boundary.geometry.intersects(district.geometry) for district in districts)
        return self.named[plain(boundary.name)] == 1


def words_in(feature: Feature, name: str) -> str:
    value = feature.properties.get(name)
    return " ".join(str(value).split()) if value is not None else ""


def numbered(reference: str, number: int) -> str:
    return reference if number == 1 else f"{reference}-{number}"
