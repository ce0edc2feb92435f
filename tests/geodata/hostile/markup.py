"""Hostile KML and GML."""

from tests.geodata.hostile.bait import KML_POINTS, POS_LIST, Bait
from tests.geodata.hostile.texts import Case

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def kml(inside: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'
    ).encode()


def placemark(name: str = "A", points: str = KML_POINTS) -> str:
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{points}</coordinates></LinearRing></outerBoundaryIs>"
    return f"<Placemark><name>{name}</name><Polygon>{ring}</Polygon></Placemark>"


def gml(inside: str, before: str = "", attributes: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<FeatureCollection xmlns="urn:a" xmlns:gml="http://www.opengis.net/gml/3.2" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f"{attributes}>{inside}</FeatureCollection>"
    ).encode()


def member(name: str = "A", more: str = "") -> str:
    ring = f"<gml:LinearRing><gml:posList>{POS_LIST}</gml:posList></gml:LinearRing>"
    shape = f"<gml:Polygon gml:id='p'><gml:exterior>{ring}</gml:exterior></gml:Polygon>"
    area = f"<area gml:id='a'><name>{name}</name>{more}<shape>{shape}</shape></area>"
    return f"<gml:featureMember>{area}</gml:featureMember>"


def linked_member(bait: Bait) -> bytes:
    return gml(
        member(more=f'<part xlink:href="{bait.url}/part.gml#x"/>')
        + f'<gml:featureMember xlink:href="{bait.url}/m"/>'
    )


def schema(bait: Bait, place: str = "") -> bytes:
    return gml(member(), attributes=f'xsi:schemaLocation="urn:a {place or bait.url + "/a.xsd"}"')


def external(bait: Bait) -> str:
    return f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{bait.path}">]>'


DEEP = "<gml:MultiGeometry><gml:geometryMember>" * 20_000
DEEP_FOLDERS = "<Folder>" * 50_000
CASES: dict[str, Case] = {
    "kml: billion laughs": (
        lambda _: kml(placemark("&l9;"), f'<!DOCTYPE kml [<!ENTITY l0 "ha">{LAUGHS}]>'), "document type"
    ),
    "kml: entity from a local file": (lambda b: kml(placemark("&x;"), external(b)), "document type"),
    "kml: entity from the network": (
        lambda b: kml(placemark("&x;"), f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{b.url}">]>'), "document type"
    ),
    "kml: entities in UTF-16": (
        lambda b: kml(placemark("&x;"), external(b)).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "not a boundary file",
    ),
    "kml: entities in a rare encoding": (
        lambda b: kml(placemark("&x;"), external(b)).replace(b"UTF-8", b"UTF-7"), "not UTF-8"
    ),
    "kml: link to more": (
        lambda b: kml(f"<NetworkLink><Link><href>{b.url}/a.kml</href></Link></NetworkLink>" + placemark()), ""
    ),
    "kml: only a link": (
        lambda b: kml(f"<NetworkLink><Link><href>{b.url}/a.kml</href></Link></NetworkLink>"), "nothing drawn"
    ),
    "kml: style and schema elsewhere": (
        lambda b: kml(placemark().replace("<Polygon>", f"<styleUrl>{b.url}#s</styleUrl><Polygon>")), ""
    ),
    "kml: folders 50,000 deep": (lambda _: kml(DEEP_FOLDERS + "</Folder>" * 50_000), "deeper than any map"),
    "kml: coordinates that are no numbers": (lambda _: kml(placemark(points="nan,nan inf,inf 1e400,1 x,y")), "Shape 1"),
    "kml: cut short": (lambda _: kml(placemark())[:-200], "stops making sense at line"),
    "kml: nothing in it": (lambda _: kml(""), "KML file"),
    "kml: a thousand layers": (lambda _: kml(f"<Folder>{placemark()}</Folder>" * 1_000), "too many layers"),
    "gml: billion laughs": (
        lambda _: gml(member("&l9;"), f'<!DOCTYPE F [<!ENTITY l0 "ha">{LAUGHS}]>'), "document type"
    ),
    "gml: entity from a local file": (lambda b: gml(member("&x;"), external(b)), "document type"),
    "gml: schema on the network": (schema, ""),
    "gml: schema in a local file": (lambda b: schema(b, b.path), ""),
    "gml: schema by file address": (lambda b: schema(b, f"file://{b.path}"), ""),
    "gml: links to members": (linked_member, ""),
    "gml: geometries 20,000 deep": (lambda _: gml(DEEP + "</x>"), "deeper than any map"),
    "gml: numbers that are none": (lambda _: gml(member().replace("-1.5 52.0", "NaN 1e400")), "Shape 1"),
    "gml: a system by address": (
        lambda b: gml(member().replace("gml:id='p'", f"gml:id='p' srsName='{b.url}/27700'")), ""
    ),
    "gml: GML and VRT in one": (
        lambda b: gml(member() + f"<OGRVRTDataSource><SrcDataSource>{b.url}</SrcDataSource></OGRVRTDataSource>"),
        "directions to other files",
    ),
}  # fmt: skip
