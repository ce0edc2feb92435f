"""Small sound files of every format, and endless seeded damage to their bytes."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from geodata import writing
from geodata.reading import Unreadable, read
from tests.geodata.hostile.zips import parts, zipped
from tests.geodata.shapes import SQUARE

HOLED = shapely.MultiPolygon([SQUARE.difference(SQUARE.centroid.buffer(100, quad_segs=2))])
TELLING = (
    b"\x00",
    b"\xff",
    b"\xff\xff\xff\x7f",
    b"\xff\xff\xff\xff",
    b"<",
    b"&",
    b"[",
    b"(",
    b'"',
    b"1e400",
    b"nan",
)


def naming(url: str) -> tuple[bytes, ...]:
    """What makes a reader call an address, in each of the formats, besides the rest that is telling."""
    words = (
        url,
        f"/vsicurl/{url}/x",
        f' xlink:href="{url}/x#y"',
        f' xsi:schemaLocation="urn:a {url}/x.xsd"',
        f' srsName="{url}"',
        f"<NetworkLink><Link><href>{url}/x.kml</href></Link></NetworkLink>",
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{url}">]>',
        f'"crs":{{"type":"link","properties":{{"href":"{url}"}}}},',
        f"<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>",
    )
    return TELLING + tuple(word.encode() for word in words)


@dataclass
class Tally:
    """What came of the mutants: how many were read, and how many refused."""

    read: int = 0
    refused: int = 0


def sound() -> dict[str, bytes]:
    features = [(HOLED, {"name": "A", "n": 1}), (SQUARE, {"name": "B", "n": 2})]
    return {format: writing.written(format, features) for format in writing.FORMATS}


def mutants(count: int, seed: int, telling: tuple[bytes, ...] = TELLING) -> Iterator[tuple[str, bytes]]:
    """So many, each format in turn. A zip's members are damaged too, which its checksums would otherwise hide."""
    rolled, whole, shapefile = random.Random(seed), sound(), parts()
    formats = list(whole)
    for number in range(count):
        format = formats[number % len(formats)]
        if format == "Shapefile" and rolled.random() < 0.8:
            part = rolled.choice(list(shapefile))
            yield format, zipped(shapefile | {part: damaged(shapefile[part], rolled, telling)})
        elif format == "KMZ" and rolled.random() < 0.5:
            yield format, zipped({"doc.kml": damaged(whole["KML"], rolled, telling)})
        else:
            yield format, damaged(whole[format], rolled, telling)


def damaged(data: bytes, rolled: random.Random, telling: tuple[bytes, ...]) -> bytes:
    made = bytearray(data)
    for _ in range(rolled.choice((1, 1, 2, 4, 16))):
        at, length = rolled.randrange(len(made) or 1), rolled.randrange(1, 33)
        what = rolled.randrange(6)
        if what == 0:
            made[at : at + 1] = bytes([rolled.randrange(256)])
        elif what == 1:
            words = rolled.choice(telling)
            made[at : at + rolled.choice((0, len(words)))] = words
        elif what == 2:
            del made[at : at + length]
        elif what == 3:
            made[at:at] = made[at : at + length]
        elif what == 4 and made:
            made[at : at + 1] = bytes([made[at] ^ (1 << rolled.randrange(8))] if at < len(made) else b"")
        elif rolled.random() < 0.1:
            del made[at:]
    return bytes(made)


def tried(count: int, seed: int, telling: tuple[bytes, ...] = TELLING) -> Tally:
    """Each is a clean reading or a sentence; anything else is raised, with the bytes that did it."""
    tally = Tally()
    for format, data in mutants(count, seed, telling):
        sentence = outcome(format, data)
        tally.read += not sentence
        tally.refused += bool(sentence)
        assert not sentence or sentence.endswith("."), sentence
    return tally


def outcome(format: str, data: bytes) -> str:
    """The sentence in which a file is refused, or nothing when it is read."""
    try:
        reading = read(data)
    except Unreadable as refused:
        return str(refused)
    except Exception as error:
        raise AssertionError(f"{format} {data!r}") from error
    assert all(feature.geometry.geom_type in ("Polygon", "MultiPolygon") for feature in reading.features)
    return ""
