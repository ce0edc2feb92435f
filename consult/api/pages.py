"""The blueprint of the API, and what its answers share."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, g

from consult import audit
from consult.api import keys, paging
from consult.api.describing import GEOJSON, JSON
from consult.spaces import doors
from geodata import writing

pages = Blueprint("api", __name__, url_prefix="/api")
doors.keyed(pages.name, keys.shown)
HERE = "/v1/<space:space>"
CONSULTATION = f"{HERE}/consultations/<reference>"


def answer(said: Any, media_type: str = JSON) -> Response:
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(content.encode("utf-8", "replace"), content_type=media_type)


def page(items: Sequence[Any], cursor: str) -> Response:
    said = {"items": items, "next": paging.next_address(cursor)}
    return paging.linked(answer(said), cursor)


def features(pairs: Sequence[tuple[Any, dict[str, Any]]], cursor: str) -> Response:
    """(geometry in EPSG:27700 or None, properties) pairs as a page of RFC 7946."""
    found = [
        {"type": "Feature", "properties": said, "geometry": writing.geojson_geometry(shape)}
        for shape, said in pairs
    ]
    said = {"type": "FeatureCollection", "features": found, "next": paging.next_address(cursor)}
    return paging.linked(answer(said, GEOJSON), cursor)


def noted(response: Response, what: str) -> Response:
    """Notes in the access log of the space that somebody's words were read, once the answer is made."""
    key = g.key
    audit.note_download(f"{what} (API)", key.person, token=key.name)
    return response
