"""`flask geodata check` and `flask geodata audit`: a boundary file looked at without any database."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from consult.web.errors import Refused
from geodata import boundary
from geodata.findings import Finding, Unreadable
from geodata.reading import Feature, Reading
from geodata.reading import read as read_any
from geodata.register import Audit
from geodata.register import audit as audit_of

geodata = AppGroup("geodata", help="Boundary files.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document and nothing else.")
LAYER = click.option("--layer", help="The layer, in a file that has several.")
MOST_BYTES = 1_000_000_000
MOST_VERTICES = 10_000_000


def read(path: Path, layer: str | None = None) -> Reading:
    """The operator's own file: as large as it likes, read all the same as a stranger's, in the same sandbox.

    What was done to it is said on the other channel, where it is in the way of no program.
    """
    try:
        reading = read_any(path.read_bytes(), layer=layer, max_bytes=MOST_BYTES, max_vertices=MOST_VERTICES)
    except OSError as problem:
        raise Refused(
            f"“{path}” cannot be opened: {(problem.strerror or 'no such file').lower()}."
        ) from problem
    except Unreadable as problem:
        raise Refused(str(problem)) from problem
    for sentence in said(reading, layer):
        click.echo(sentence, err=True)
    return reading


def said(reading: Reading, layer: str | None) -> list[str]:
    others = [f"“{other.name}”" for other in reading.layers if other.name != reading.layer]
    if others and layer is None:
        return [
            *reading.said,
            f"Only the layer “{reading.layer}” was read; there is also {', '.join(others)}.",
        ]
    return [*reading.said]


def named(features: list[Feature], name_field: str | None) -> list[tuple[str, Feature]]:
    """Each feature with its name from that field; when no field is given, its own, else its number."""
    if name_field is not None and not any(name_in(feature, name_field) for feature in features):
        known = ", ".join(sorted(features[0].properties)[:12]) or "none"
        raise Refused(f"No shape has a name in the field “{name_field}”: the fields are {known}.")
    if name_field is None:
        return [(feature.name or str(number), feature) for number, feature in enumerate(features, 1)]
    return [(name_in(f, name_field) or f"Unnamed area {number}", f) for number, f in enumerate(features, 1)]


def name_in(feature: Feature, name_field: str) -> str:
    return str(feature.properties.get(name_field) or "").strip()


@geodata.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@LAYER
@AS_JSON
def check(file: Path, layer: str | None, as_json: bool) -> None:
    """Says of each area in FILE whether it is valid, what is wrong and where, its hectares, and the repair."""
    reading = read(file, layer)
    looked_at = [
        (name, feature, boundary.check(feature.geometry)) for name, feature in named(reading.features, None)
    ]
    if as_json:
        features = [about(*one) for one in looked_at]
        click.echo(json.dumps({"crs": reading.crs, "features": features}, ensure_ascii=False))
    else:
        for one in looked_at:
            click.echo(in_words(*one))
    if any(not is_valid(findings) for _, _, findings in looked_at):
        raise SystemExit(1)


def is_valid(findings: list[Finding]) -> bool:
    return all(finding.severity != "error" for finding in findings)


def about(name: str, feature: Feature, findings: list[Finding]) -> dict[str, Any]:
    return {
        "name": name,
        "valid": is_valid(findings),
        "hectares": round(boundary.hectares(feature.geometry), 4),
        "findings": [finding.as_dict() for finding in findings],
    }


def in_words(name: str, feature: Feature, findings: list[Finding]) -> str:
    verdict = "valid" if is_valid(findings) else "not valid"
    lines = [f"{name}: {verdict}, {boundary.hectares(feature.geometry):,.2f} hectares"]
    lines += [f"  {finding.severity}: {finding.message} {finding.remedy}" for finding in findings]
    if not is_valid(findings):
        lines.append(f"  {repair_in_words(feature)}")
    return "\n".join(lines)


def repair_in_words(feature: Feature) -> str:
    try:
        mended = boundary.repair(feature.geometry)
    except (boundary.TooComplex, boundary.NotABoundary) as problem:
        return f"no repair: {problem}"
    parts = f"{len(mended.geometry.geoms):,} part" + ("s" if mended.parts != 1 else "")
    return f"repair: {parts}, {mended.change_m2:,.1f} m² of change"


@geodata.command("audit")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name-field", help="The field that holds each area's name.")
@AS_JSON
def audit(file: Path, name_field: str | None, as_json: bool) -> None:
    """Compares every pair of areas in FILE."""
    features = named(read(file).features, name_field)
    try:
        found = audit_of([feature.geometry for _, feature in features], [name for name, _ in features])
    except boundary.TooComplex as problem:
        raise Refused(str(problem)) from problem
    print_audit(found, as_json)


def print_audit(found: Audit, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False))
    else:
        for kind, pairs in (("overlap", found.overlaps), ("sliver", found.slivers)):
            for pair in pairs:
                width = f"up to {pair.width_m:,.2f} m wide"
                click.echo(f"{kind}: {pair.a} and {pair.b}, {pair.area_m2:,.1f} m², {width}")
        for invalid in found.invalid:
            click.echo(f"invalid: {invalid.name}: {invalid.reason}")
        counts = (
            f"{len(found.overlaps)} overlaps, {len(found.slivers)} slivers, {len(found.invalid)} not valid"
        )
        click.echo(f"{found.n} areas: {counts}")
    if not found.is_clean:
        raise SystemExit(1)
