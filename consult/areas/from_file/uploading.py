"""A file that was uploaded: which layer, which shapes, what was read and found in it; then its outline is saved."""

from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from shapely.geometry.base import BaseGeometry

from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas.forms import ChosenForm
from consult.areas.from_file.picking import layer_form, map_of, shapes_form
from consult.areas.models import save_version
from consult.areas.outline import uploads
from consult.areas.outline.choosing import Choice
from consult.areas.outline.looking import look_at
from consult.areas.outline.mending import Mending
from consult.areas.outline.outlines import read
from consult.areas.outline.uploads import Upload
from consult.areas.pages import body_only, pages
from consult.web.limits import NotCounted, hit
from geodata import coordinates
from geodata.findings import Unreadable
from geodata.reading import Reading

EACH_SPACE = "40 per minute"
CHOOSE = "Choose which of the shapes is your area."


@pages.get("/<space:space>/area/uploads/<uuid:upload_id>")
@needs(Act.DRAW)
def upload(upload_id: UUID) -> Any:
    return page_of(find(upload_id), request.args.get("layer", ""), request.args.getlist("shape"))


@pages.post("/<space:space>/area/uploads/<uuid:upload_id>/version")
@needs(Act.DRAW)
def save_upload(upload_id: UUID) -> Any:
    """What was chosen is the next outline; a repair is made again from it, and only where it was accepted."""
    found, form = find(upload_id), ChosenForm()
    layer, chosen = form.layer.data or "", form.shape.data or []
    try:
        outline = Choice.of(opened(found, layer), chosen).outline
        mending = Mending.needed(outline) if outline else None
    except Unreadable as problem:
        return page_of(found, layer, chosen, problem=str(problem))
    if outline is None:
        return page_of(found, layer, chosen, problem=CHOOSE)
    if mending and not (form.repair.data and mending.repair):
        return page_of(found, layer, chosen, problem=mending.errors[0].message)
    return saved(found, mending.repair.geometry if mending and mending.repair else outline, bool(mending))


@pages.post("/<space:space>/area/uploads/<uuid:upload_id>/removal")
@needs(Act.DRAW)
def cancel_upload(upload_id: UUID) -> Any:
    found = find(upload_id)
    found.cancel(by=sessions.me())
    flash(f"{found.title} is removed. Nothing of it was saved.", "success")
    return redirect(url_for("areas.draft"), 303)


def find(upload_id: UUID) -> Upload:
    body_only()
    return uploads.find(upload_id) or abort(404)


def opened(found: Upload, layer: str) -> Reading:
    """The file as it is now read, in the layer at that place (from 1), else in its first. Raises Unreadable. Each look
    at it reads it anew, for seconds of a processor where it is large: no person looks so often."""
    if not within():
        abort(429)
    reading = read(found.content)
    others = {
        str(place): each.name for place, each in enumerate(reading.layers, 1) if each.name != reading.layer
    }
    return read(found.content, others[layer]) if layer in others else reading


def within() -> bool:
    """Where nobody can count, it is read: whoever asks is a member."""
    try:
        return hit(EACH_SPACE, "reading an upload", g.space.id.hex)
    except NotCounted:
        return True


def saved(found: Upload, outline: BaseGeometry, repaired: bool) -> Any:
    version = save_version(
        outline,
        source="repaired" if repaired else "uploaded",
        by=sessions.me(),
        original=found.content,
        original_name=found.name,
    )
    found.remove()
    flash(f"The outline is saved: {version.hectares:,.1f} hectares.", "success")
    return redirect(url_for("areas.draft"), 303)


def page_of(found: Upload, layer: str, chosen: list[str], problem: str = "") -> tuple[str, int]:
    try:
        reading = opened(found, layer)
        choice = Choice.of(reading, chosen)
        outline = choice.outline
    except Unreadable as refusal:
        page = render_template(
            "areas/upload.html", upload=found, refusal=str(refusal), another_layer=layer or chosen
        )
        return page, 422 if problem else 200
    look = look_at(outline, g.space) if outline else None
    mending = Mending.needed(outline) if outline else None
    page = render_template(
        "areas/upload.html",
        upload=found,
        reading=reading,
        system=coordinates.WORDS[reading.crs],
        choice=choice,
        form=shapes_form(choice, problem),
        layers=layer_form(reading),
        look=look,
        outline=outline,
        mending=mending,
        pictures=mending.pictures(look.marks) if mending and look else {},
        map=map_of(choice, outline, look, request.args.get("show", "")),
    )
    return page, 422 if problem else 200
