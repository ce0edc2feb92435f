"""Bytes from a stranger -> the JSON value in them, or one sentence saying why not."""

import json
import math
import re
from collections import Counter
from typing import Any

import numpy as np

from geodata.findings import Unreadable

# A MultiPolygon in a FeatureCollection nests 8 deep and in a GeometryCollection 10; the rest is room for
# properties that nest. Python's own parser gives up with RecursionError at about 1,000.
MAX_DEPTH = 16
MAX_DIGITS = 200
# Possessive, and the end of the text ends a string: else one that is never closed is read anew from every quote in it.
STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
UNSHOWABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def parse(data: bytes, max_bytes: int) -> Any:
    """The value in a UTF-8 JSON document, byte order mark allowed. Raises Unreadable."""
    data = data.removeprefix(BYTE_ORDER_MARK)
    refuse_size(data, max_bytes)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"This file is not UTF-8 text{_hint(data)}: save it as GeoJSON and try again."
        ) from error
    if NOT_TEXT.search(data):
        raise Unreadable(f"This file is not text{_hint(data)}: choose a GeoJSON file.")
    _refuse_depth(data)
    return _loaded(text)


def plain(value: Any) -> Any:
    """A parsed value with the characters taken out of its text that cannot be stored or shown."""
    if isinstance(value, str):
        return UNSHOWABLE.sub("", value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    return value


def refuse_size(data: bytes, max_bytes: int) -> None:
    """Raises Unreadable when there is nothing, or more than may be looked at."""
    if not data.strip():
        raise Unreadable("This file is empty: choose the file that holds your area.")
    if len(data) > max_bytes:
        size, limit = len(data) / 1_000_000, max_bytes / 1_000_000
        raise Unreadable(
            f"This file is {size:.1f} MB, and the limit is {limit:g} MB: "
            "leave out what is not your area and try again."
        )


def _hint(data: bytes) -> str:
    known = {b"PK": "a zip file", b"SQLite": "a GeoPackage", b"%PDF": "a PDF", b"\xff\xd8": "a photograph",
             b"\x89PNG": "a picture", b"\x1f\x8b": "a compressed file"}  # fmt: skip
    return next((f" but {name}" for start, name in known.items() if data.startswith(start)), "")


def _refuse_depth(data: bytes) -> None:
    characters = np.frombuffer(STRING.sub(b"", data), dtype=np.uint8)
    opens = (characters == ord("[")) | (characters == ord("{"))
    closes = (characters == ord("]")) | (characters == ord("}"))
    steps = opens.astype(np.int8) - closes.astype(np.int8)
    if steps.size and int(np.cumsum(steps, dtype=np.int64).max()) > MAX_DEPTH:
        raise Unreadable(
            f"This file has lists in lists more than {MAX_DEPTH} deep, which no map needs: export it again."
        )


def _loaded(text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("<"):
            raise Unreadable(
                "This file is XML or a web page, not GeoJSON: save it as GeoJSON and try again."
            ) from error
        raise Unreadable(
            f"This is not JSON: it stops making sense at line {error.lineno:,}, character {error.colno:,}; "
            "export the file again."
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise Unreadable(f"This file gives “{plain(twice)[:40]}” twice in one place: export it again.")
    return found


def _refuse_constant(word: str) -> float:
    raise Unreadable(f"This file has {word} where a number should be: export it again.")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise Unreadable(f"This file has a number too large to use, {digits[:20]}: export it again.")
    return number


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Unreadable(f"This file has a number too large to use, {digits[:20]}…: export it again.")
    return int(digits)
