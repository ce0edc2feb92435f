"""Two of the three ways to settle a contested application: a smaller area, and room made by the others. Each is looked
at with what it changes before it is decided; what has changed meanwhile is shown again instead."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import shapely
from flask import g, redirect, render_template, request, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import maps, register
from consult.areas.decisions import modifying, proposing, settling
from consult.areas.decisions.deciding import CHANGED, decided, find
from consult.areas.decisions.proposing import Proposal
from consult.areas.forms import ModificationForm, SmallerForm
from consult.areas.maps import Seen
from consult.areas.models import Application, RegisterEntry
from consult.areas.outline import outlines
from consult.areas.pages import pages
from consult.areas.register import Neighbour
from consult.web.errors import Refused
from geodata.boundary import NotABoundary, canonical

LOOK_FIRST = "Look at the area on the map first: it is shown now. Then designate it."


@pages.route("/<space:space>/applications/<uuid:application_id>/smaller-area", methods=["GET", "POST"])
@needs(Act.DESIGNATE)
def smaller_area(application_id: UUID) -> Any:
    found = find(application_id)
    if request.method == "GET":
        fresh = SmallerForm(None, data={"on": clock.today()})
        return smaller_page(found, fresh, None) if found.is_live else as_it_is(found)
    settling.undecided(found)
    form, deciding = SmallerForm(), request.form.get("act") == "designate"
    own = own_outline(found, form) if form.which.data == "own" else None
    if deciding:  # and not before: an officer's file may take its time to be read
        register.hold()
    chosen = cut_of(found) if form.which.data == "cut" else own
    if deciding and chosen is None and not form.errors:
        form.which.errors = [CHANGED]
    answer = designated_smaller(found, form, chosen) if deciding and chosen is not None else None
    return answer or smaller_page(found, form, chosen)


def as_it_is(found: Application) -> Any:
    return redirect(url_for("areas.application", application_id=found.id), 303)


def cut_of(found: Application) -> Proposal | None:
    shared = register.shared_with(found.geometry, apart_from=found.entry)
    return proposing.cut_back(found, shared) if shared else None


def choices(cut: Proposal | None) -> list[tuple[str, str]]:
    own = ("own", "An outline of your own")
    if cut is None:
        return [own]
    words = f"What is left when it is cut back to its neighbours: {cut.hectares:,.1f} hectares"
    return [("cut", words), own]


def own_outline(found: Application, form: SmallerForm) -> Proposal | None:
    """What the officer pasted or uploaded; what is wrong with it stands beside its field."""
    given = outlines.read_form(form)
    if given is None:
        return None
    if given.errors:
        form.outline.errors = [f"{given.errors[0].message} {given.errors[0].remedy}"]
        return None
    form.outline.data = outlines.as_text(given.shape)
    try:
        return Proposal(found.geometry, canonical(given.shape))
    except NotABoundary as problem:
        form.outline.errors = [str(problem)]
        return None


def designated_smaller(found: Application, form: SmallerForm, chosen: Proposal) -> Any:
    """The decision, or None where the page has to be looked at again."""
    if not form.validate():
        return None
    if form.seen.data != chosen.mark:
        form.which.errors = [CHANGED if form.seen.data and form.which.data == "cut" else LOOK_FIRST]
        return None
    words = {"reasons": form.reasons.data or "", "slivers": form.slivers.data or ""}
    try:
        settling.designate(found, on=form.on.day, by=sessions.me(), outline=chosen.outline, **words)
    except settling.SliversLeft as problem:
        form.slivers.errors = [problem.sentence]
        return None
    except Refused as problem:
        if not found.is_live:
            raise
        form.which.errors = [problem.sentence]
        return None
    return decided(found, f"A smaller area of {found.name} is designated and on the register.")


def smaller_page(found: Application, form: SmallerForm, chosen: Proposal | None) -> tuple[str, int]:
    """Not asked yet, it shows what the cut would be."""
    shared = register.shared_with(found.geometry, apart_from=found.entry)
    cut = proposing.cut_back(found, shared) if shared else None
    form.which.choices = choices(cut)
    if request.method == "GET" or form.which.data not in dict(form.which.choices):
        form.which.data, chosen = ("cut", cut) if cut else ("own", None)
    form.seen.data = chosen.mark if chosen else ""
    page = render_template(
        "areas/smaller_area.html",
        application=found,
        form=form,
        shared=shared,
        chosen=chosen,
        left=register.shared_with(chosen.geometry, apart_from=found.entry) if chosen else [],
        map=map_of_smaller(found, shared, chosen),
    )
    return page, 422 if form.errors else 200


def map_of_smaller(found: Application, shared: list[Neighbour], chosen: Proposal | None) -> dict[str, Any]:
    others = [register.entry_numbered(neighbour.number) for neighbour in shared]
    seen = [
        *maps.neighbours(others, "On the register"),
        Seen(found.geometry, "draft", "Applied for", found.name),
    ]
    if chosen is not None:
        seen.append(Seen(chosen.geometry, "area", "To be designated"))
        lost = shapely.difference(found.geometry, chosen.geometry)
        seen += [Seen(lost, "clash", "Left out")] if lost.area >= 1 else []
    extent = maps.extent_of([found.geometry, *([chosen.geometry] if chosen else [])], None)
    return maps.on_map(extent, seen, caption=f"What would be designated of {found.name}", ground=g.space)


# Room made by the others.


@dataclass(frozen=True)
class Row:
    """An area in the way: what it would lose, or why it cannot be modified here."""

    entry: RegisterEntry
    proposal: Proposal | None
    trouble: str


@pages.route("/<space:space>/applications/<uuid:application_id>/modification", methods=["GET", "POST"])
@needs(Act.DESIGNATE)
def modification(application_id: UUID) -> Any:
    found = find(application_id)
    if request.method == "GET":
        fresh = ModificationForm(None, data={"on": clock.today()})
        return modification_page(found, fresh) if found.is_live else as_it_is(found)
    settling.undecided(found)
    form = ModificationForm()
    if form.validate():
        try:
            words = {"reasons": form.reasons.data or "", "seen": form.seen.data or "nothing"}
            made = modifying.modify_others(found, on=form.on.day, by=sessions.me(), **words)
        except modifying.Changed as problem:
            form.reasons.errors = [problem.sentence]
        else:
            names = " and ".join(f"“{one.entry.name}”" for one in made)
            return decided(
                found, f"{found.name} is designated, and {names} made room for it. Both bodies are told."
            )
    return modification_page(found, form)


def modification_page(found: Application, form: ModificationForm) -> tuple[str, int]:
    overlaps = register.overlapping(found.geometry, apart_from=found.entry)
    rows = [row_of(register.entry_numbered(number), found) for number in sorted(o.number for o in overlaps)]
    possible = bool(rows) and not any(row.trouble for row in rows)
    form.seen.data = proposing.mark_of(row.proposal for row in rows if row.proposal) if possible else ""
    page = render_template(
        "areas/modification.html",
        application=found,
        form=form,
        rows=rows,
        possible=possible,
        map=map_of_room(found, rows),
    )
    return page, 422 if form.errors else 200


def row_of(entry: RegisterEntry, found: Application) -> Row:
    trouble = modifying.why_not_modified(entry)
    proposal = proposing.making_room(entry, found)
    if not trouble and proposal is None:
        trouble = f"Nothing would be left of “{entry.name}”."
    return Row(entry, proposal, trouble)


def map_of_room(found: Application, rows: list[Row]) -> dict[str, Any]:
    seen = [Seen(found.geometry, "draft", "To be designated", found.name)]
    for row in rows:
        left = row.proposal.geometry if row.proposal else None
        if left is not None:
            seen.append(Seen(left, "area", "What is left of the other", row.entry.name))
        seen.append(Seen(row.entry.geometry.intersection(found.geometry), "clash", "Taken from it"))
    extent = maps.extent_of([found.geometry, *(row.entry.geometry for row in rows)], None)
    return maps.on_map(
        extent, seen, caption=f"{found.name} and the areas that would make room", ground=g.space
    )
