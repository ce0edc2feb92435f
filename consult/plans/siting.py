"""The sites as the plan's members draw and describe them."""

from typing import Any

import sqlalchemy as sa
from flask import flash, g, redirect, render_template, request, url_for

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas.outline import outlines
from consult.areas.pages import body_only
from consult.audit import Deed
from consult.database import db
from consult.plans import originals, site_maps
from consult.plans import outside as outside  # its panel joins the pages of the area
from consult.plans.forms import SiteForm
from consult.plans.ground import NotFree, area_now
from consult.plans.mending import Mending, mending
from consult.plans.models import PlanVersion, draft_version, latest_version
from consult.plans.pages import frozen, pages, site_of
from consult.plans.site_words import described
from consult.plans.sites import ReferenceTaken, Site
from consult.web.errors import Refused
from geodata import boundary

WRITTEN = "plan.site_written"
SMALL_AND_LARGE = {"very small area", "very large area"}  # of an area: a site may be any size


@pages.get("/<space:space>/plan/sites")
@needs(Act.LOOK)
def sites() -> str:
    body_only()
    version, area = latest_version(), area_now()
    found = list(version.sites) if version else []
    caption = "The sites in the plan, and the neighbourhood area"
    shown = site_maps.the_map(found, area, caption, linked=True) if found else None
    return render_template("plans/sites.html", version=version, sites=found, area=area, map=shown)


@pages.get("/<space:space>/plan/sites/<reference>")
@needs(Act.LOOK)
def site(reference: str) -> str:
    body_only()
    version, area = latest_version(), area_now()
    found = site_of(version, reference)
    assert version is not None
    ground = version.ground_for(found.kind, but=found) if area is not None else None
    return render_template(
        "plans/site.html",
        site=found,
        version=version,
        described=described(found, area, version.sites),
        findings=[each for each in boundary.check(found.geometry) if each.code not in SMALL_AND_LARGE],
        taken=ground.taken(found.geometry) if ground else [],
        original=originals.original_of(found),
        map=site_maps.map_of(found, version.sites, area),
    )


@pages.route("/<space:space>/plan/new-site", methods=["GET", "POST"])
@needs(Act.DRAW)
def add_site() -> Any:
    return written(SiteForm(latest_version()))


@pages.route("/<space:space>/plan/sites/<reference>/change", methods=["GET", "POST"])
@needs(Act.DRAW)
def edit_site(reference: str) -> Any:
    found = site_of(latest_version(), reference)
    form = SiteForm(latest_version(), found)
    if not form.is_submitted():
        form.outline.data = outlines.as_text(found.geometry)
    return written(form, found)


@pages.post("/<space:space>/plan/sites/<reference>/removal")
@needs(Act.DRAW)
def remove_site(reference: str) -> Any:
    version = draft_version()
    found = site_of(version, reference)
    audit.record("plan.site_removed", found.title, by=me(), version=version.number)
    originals.forget(found)
    version.remove_site(found)
    flash(f"Site {reference} is removed.", "success")
    return redirect(url_for("plans.sites"), 303)


def written(form: SiteForm, found: Site | None = None) -> Any:
    """The page of a site's form or, when it is sent whole, the site saved in the version that may be changed."""
    body_only()
    known, wrong = found.reference if found else None, None
    if form.is_submitted():
        whole = form.validate()
        given = outlines.read_form(form)
        if given is not None and given.source == "uploaded":
            form.outline.data = outlines.as_text(given.shape)  # a browser sends no file twice
        if whole and given is not None:
            wrong = saved(form, given, known)
            if wrong is None:
                return redirect(url_for("plans.site", reference=form.reference.data), 303)
            db.session.rollback()  # the version that may have been begun for it
    page = render_template("plans/site_form.html", form=form, frozen=frozen(), **around(found, wrong))
    return page, 422 if form.errors else 200


def saved(form: SiteForm, given: outlines.Given, known: str | None) -> Mending | bool | None:
    """Saves the site; what has to be mended instead, or True when what is wrong stands beside its field."""
    version = draft_version()
    found = site_of(version, known) if known else None
    try:
        ground = version.ground_for(form.kind.data, but=found)
        wrong, shape, source = mending(given.shape, ground), given.shape, given.source
        if wrong is not None:
            if wrong.repaired is None or request.form.get("do") != "repair":
                form.outline.errors = [wrong.findings[0].message]
                return wrong
            shape, source = wrong.repaired, "repaired"
        put(version, found, shape, form.words | {"source": source}, given)
    except ReferenceTaken as problem:
        form.reference.errors = [problem.sentence]
        return True
    except (NotFree, Refused) as problem:
        form.outline.errors = [problem.sentence]
        return True
    return None


def put(
    version: PlanVersion, found: Site | None, shape: Any, words: dict[str, str], given: outlines.Given
) -> None:
    by = me()
    if found is None:
        found = version.add_site(shape, **words, by=by)
    else:
        version.change_site(found, shape, **words, by=by)
    if given.source == "uploaded":
        originals.keep([found], given.data, given.name, by)
    told = {"version": version.number, "kind": found.kind, "hectares": round(found.hectares, 4)}
    audit.record(WRITTEN, found.title, by=by, source=words["source"], **told)
    flash(f"Site {found.reference} is saved: {found.hectares:,.2f} hectares.", "success")


def around(found: Site | None, wrong: Mending | bool | None) -> dict[str, Any]:
    """What the form's page shows beside the form: the other sites on the map, and what is wrong with an outline."""
    version, area = latest_version(), area_now()
    others = [site for site in (version.sites if version else []) if site is not found]
    shown: dict[str, Any] = {"site": found, "draft_key": draft_key(found), "map": None, "mending": None}
    if area is None and request.method == "GET":
        return shown  # the page says to draw it first; what was sent all the same is kept on its form
    shown["map"] = site_maps.the_map(others, area, "The area, and the other sites in it")
    if isinstance(wrong, Mending) and area is not None:
        shown |= {"mending": wrong, "pictures": site_maps.pictures(wrong, area, others)}
    return shown


def draft_key(found: Site | None) -> str:
    """What the browser calls the outline that it keeps until it is saved: once somebody has saved a site, what they
    draw next is another, and the one before is not offered for it."""
    mine = sa.select(sa.func.count(Deed.id)).where(Deed.act == WRITTEN, Deed.person_id == me().id)
    return f"site:{g.space.slug}:{found.reference if found else ''}:{db.session.scalar(mine)}"
