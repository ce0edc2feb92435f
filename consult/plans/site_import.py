"""Many sites from one file: those that may lie where they are drawn go in, the others are named with the reason."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flask import render_template

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas.outline import outlines
from consult.areas.outline.choosing import MOST_POINTS
from consult.areas.outline.mending import errors_in
from consult.areas.pages import body_only
from consult.database import db
from consult.plans import originals
from consult.plans.forms import REFERENCE, ImportForm
from consult.plans.ground import area_now
from consult.plans.models import PlanVersion, draft_version
from consult.plans.pages import frozen, pages
from consult.plans.sites import KINDS, NO_AREA, Site
from consult.web.errors import Refused
from geodata.findings import Unreadable
from geodata.reading import Feature, read

MOST_AT_ONCE = 100  # each is laid against all that are there
LONGEST = {"reference": 20, "name": 150, "notes": 10_000}


@dataclass(frozen=True)
class Row:
    """One shape of the file: its place there, what the file calls it, and why it was left out, if it was."""

    number: int
    title: str
    problem: str = ""
    site: Site | None = None


@pages.route("/<space:space>/plan/new-sites", methods=["GET", "POST"])
@needs(Act.DRAW)
def import_sites() -> Any:
    body_only()
    form = ImportForm()
    if not form.validate_on_submit():
        return page(form)
    try:
        content = content_of(form)
        features = features_of(content)
    except Unreadable as problem:
        form.file.errors = [str(problem)]
        return page(form)
    version = draft_version()
    rows = list(laid(version, features, form))
    kept = [row for row in rows if not row.problem]
    if not kept:
        form.file.errors = ["None of them could be added: the reasons are below."]
        db.session.rollback()  # the version that may have been begun for them
        return page(form, rows)
    originals.keep([row.site for row in kept if row.site], content, form.file.data.filename or "", me())
    audit.record("plan.sites_imported", f"{len(kept)} sites", by=me(), version=version.number)
    return render_template("plans/sites_imported.html", kept=kept, left_out=[r for r in rows if r.problem])


def page(form: ImportForm, rows: list[Row] | None = None) -> Any:
    shown = render_template("plans/new_sites.html", form=form, left_out=rows or [], frozen=frozen())
    return shown, 422 if form.errors else 200


def content_of(form: ImportForm) -> bytes:
    """Raises Unreadable."""
    if area_now() is None:
        raise Unreadable(NO_AREA)
    with closing(form.file.data) as uploaded:
        return bytes(uploaded.read())


def features_of(content: bytes) -> list[Feature]:
    """Raises Unreadable."""
    features = read(content, max_bytes=outlines.MOST_BYTES, max_vertices=MOST_POINTS).features
    if len(features) > MOST_AT_ONCE:
        raise Unreadable(
            f"There are {len(features):,} shapes here, and {MOST_AT_ONCE} go in at once: split the file."
        )
    return features


def laid(version: PlanVersion, features: list[Feature], form: ImportForm) -> Iterator[Row]:
    by = me()
    for number, feature in enumerate(features, 1):
        words = words_of(feature, form)
        title = f"{words['reference']} {words['name']}".strip() or "without a name"
        try:
            refuse_words(words)
            refuse_shape(feature)
            site = version.add_site(feature.geometry, **words, source="uploaded", by=by)
        except Refused as problem:
            yield Row(number, title, problem.sentence)
            continue
        audit.record("plan.site_written", site.title, by=by, version=version.number, kind=site.kind)
        yield Row(number, title, site=site)


def words_of(feature: Feature, form: ImportForm) -> dict[str, str]:
    """What the fields that were picked hold; a kind that is not given is the one that was chosen for all."""
    picked = {
        name: cell(feature, form[f"{name}_field"].data) for name in ("reference", "name", "kind", "notes")
    }
    picked["kind"] = picked["kind"].lower().replace("-", " ").replace("_", " ") or form.kind.data or ""
    return picked


def cell(feature: Feature, field: str | None) -> str:
    value = feature.properties.get(field) if field else None
    return str(value).replace("\x00", "").strip() if isinstance(value, str | int | float) else ""


def refuse_words(words: dict[str, str]) -> None:
    for name in ("reference", "name"):
        if not words[name]:
            raise Refused(f"It has no {name}.")
    if not REFERENCE.fullmatch(words["reference"]):
        raise Refused("Its reference may have only letters, numbers, full stops and hyphens.")
    for name, most in LONGEST.items():
        if len(words[name]) > most:
            raise Refused(f"Its {name} is longer than {most:,} characters.")
    if words["kind"] not in KINDS:
        raise Refused(f"Its kind is “{words['kind'][:40]}”: give one of {', '.join(KINDS)}.")


def refuse_shape(feature: Feature) -> None:
    if wrong := errors_in(feature.geometry):
        raise Refused(wrong[0].message)
