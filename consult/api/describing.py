"""What each address answers, said beside it: the description that is served (`openapi.py`) is made from this, and the
tests hold the answers to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Schema = dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])
JSON, GEOJSON = "application/json", "application/geo+json"


@dataclass(frozen=True)
class Description:
    summary: str
    answer: Schema | None  # of JSON; none where bytes are answered
    media_type: str
    paged: bool
    words: str


def described(
    summary: str, answer: Schema | None, *, media_type: str = JSON, paged: bool = False, words: str = ""
) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.description = Description(summary, answer, media_type, paged, words)  # type: ignore[attr-defined]
        return view

    return mark


def description_of(view: Any) -> Description | None:
    return getattr(view, "description", None)


# Schemas, in JSON Schema 2020-12.

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
AMOUNT: Schema = {"type": "number"}
DAY: Schema = {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$", "description": "A day, or empty"}
MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}


def record(more: Schema | None = None, **fields: Schema) -> Schema:
    """An object with exactly these fields; `more` is what any others are."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": more if more is not None else False,
    }


def several(item: Schema) -> Schema:
    return {"type": "array", "items": item}


NEXT: Schema = {
    "type": ["string", "null"],
    "format": "uri",
    "description": "Where the list goes on; the same is in the Link header",
}


def listed(item: Schema) -> Schema:
    """A page of a list."""
    return record(items=several(item), next=NEXT)


def features(properties: Schema) -> Schema:
    """A page of a list on the ground: RFC 7946, WGS84."""
    geometry = {
        "type": ["object", "null"],
        "properties": {"type": TEXT, "coordinates": {"type": "array"}},
        "required": ["type", "coordinates"],
    }
    feature = record(type={"const": "Feature"}, properties=properties, geometry=geometry)
    return record(type={"const": "FeatureCollection"}, features=several(feature), next=NEXT)
