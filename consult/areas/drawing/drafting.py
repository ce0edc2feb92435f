"""Drawing the area: an outline is checked, explained where it is wrong, repaired if the person likes, and saved."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import maps, register
from consult.areas.drawing import starting
from consult.areas.drawing.starting import Start
from consult.areas.forms import DraftForm
from consult.areas.maps import Seen
from consult.areas.models import AreaVersion, latest_version, save_version
from consult.areas.outline import outlines, uploads
from consult.areas.outline.looking import Look, around_of, in_order, look_at, marks_of, overlaps_on
from consult.areas.outline.mending import Mending
from consult.areas.outline.outlines import Given
from consult.areas.pages import body_only, neighbours, pages
from consult.spaces.home import panels
from consult.web.errors import Refused


@pages.route("/<space:space>/area/draft", methods=["GET", "POST"])
@needs(Act.DRAW)
def draft() -> Any:
    body_only()
    form, mending = DraftForm(), None
    if form.validate_on_submit() and (given := outlines.read_any(form)) is not None:
        mending = Mending.needed(given.shape) if given.is_plain else None
        if given.is_plain and mending is None:
            return kept(given)
        if mending is None or given.source == "uploaded":
            return to_choose(form, given)
        form.outline.errors = [mending.errors[0].message]
    return page_of(form, mending)


@pages.post("/<space:space>/area/draft/repair")
@needs(Act.DRAW)
def repair() -> Any:
    """The person accepts the repair that was shown; it is made again from the same outline."""
    body_only()
    given = outlines.read_form(form := DraftForm())
    if given is None:
        sentences = [*form.outline.errors, *form.file.errors]
        raise Refused(sentences[0] if sentences else outlines.NOTHING)
    mending = Mending.needed(given.shape)
    if mending and mending.repair is None:
        raise Refused(mending.no_repair)
    shape = mending.repair.geometry if mending and mending.repair else given.shape
    return saved(save_version(shape, source="repaired", by=sessions.me(), **original(given)))


def original(given: Given) -> dict[str, Any]:
    return {"original": given.data, "original_name": given.name}


def to_choose(form: DraftForm, given: Given) -> Any:
    """What nobody can read off the file waits until its member has said it."""
    try:
        upload = uploads.keep(given.data, given.name, given.reading.format, by=sessions.me())
    except Refused as problem:
        (form.file if form.upload else form.outline).errors = [problem.sentence]
        return page_of(form)
    return redirect(url_for("areas.upload", upload_id=upload.id), 303)


def kept(given: Given) -> Any:
    version = save_version(given.shape, source=given.source, by=sessions.me(), **original(given))
    return saved(version, given.read_as)


def saved(version: AreaVersion, more: str = "") -> Any:
    flash(f"The outline is saved: {version.hectares:,.1f} hectares. {more}".strip(), "success")
    return redirect(url_for("areas.draft"), 303)


def page_of(form: DraftForm, mending: Mending | None = None) -> tuple[str, int]:
    version, start = latest_version(), starting.chosen(request.args.get("start", ""))
    begin_with = start or version
    if not form.is_submitted() and begin_with is not None:
        form.outline.data = outlines.as_text(begin_with.geometry)
    entry, application = register.entry_of(g.space.id), register.application_now()
    looks = version is not None and start is None and mending is None
    look = look_at(version.geometry, g.space) if version and looks else None
    page = render_template(
        "areas/draft.html",
        form=form,
        version=version,
        start=start,
        starts=starting.nearby(),
        waiting=uploads.waiting(),
        designated=bool(entry and entry.designated_on),
        applied=bool(application and application.is_live),
        look=look,
        panels=panels("area") if look else [],
        mending=mending,
        pictures=mending.pictures(marks_of(in_order(mending.errors))) if mending else {},
        map=the_map(version, start, look),
    )
    return page, 422 if form.errors else 200


def the_map(version: AreaVersion | None, start: Start | None, look: Look | None) -> dict[str, Any]:
    """What the outline is drawn on: the areas of the register, the outline saved last, and what was found in it."""
    begin_with = start or version
    others = look.around if look else around_of(begin_with.geometry, g.space) if begin_with else neighbours()
    seen = maps.neighbours(others, "Areas on the register")
    shapes = [begin_with.geometry] if begin_with else [other.geometry for other in others]
    extent = maps.extent_of(shapes, g.space.authority_id)
    if begin_with:
        seen.append(Seen(begin_with.geometry, "draft", "Your outline", g.space.name))
    if version and look:
        seen += [*overlaps_on(version.geometry, look), *look.marks]
        place = look.numbered(request.args.get("show", ""))
        extent = place.close_up() if place else extent
    return maps.on_map(extent, seen, caption="Your outline and the areas around it", ground=g.space)
