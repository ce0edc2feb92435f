"""The form before it opens, for members: the pages that residents get, made by the same code, which here keeps and
sends nothing."""

from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.consultations.showing import look_ahead
from consult.responses.asking import consultation_at
from consult.responses.drafts import draft_pages, draft_showing
from consult.responses.drafts.trying import Tried
from consult.responses.form import steps
from consult.responses.pages import pages

PREVIEW = "/<space:space>/consultations/<reference>/preview"


def ahead_of(reference: str) -> Consultation:
    """From here on the request previews it. One that has opened has nothing to preview: everyone sees it itself."""
    return look_ahead(consultation_at(reference)) or abort(
        redirect(url_for("responses.respond", reference=reference))
    )


@pages.get(f"{PREVIEW}/respond")
@needs(Act.LOOK)
def preview(reference: str) -> Any:
    ahead_of(reference)
    return current_app.view_functions["responses.respond"](reference=reference)


@pages.post(f"{PREVIEW}/respond")
@needs(Act.LOOK)
def try_form(reference: str) -> Any:
    ahead_of(reference)
    if request.form.get("do") == "start":
        return redirect(Tried(reference, {}).address(), 303)
    return nothing_sent(request.full_path)


@pages.get(f"{PREVIEW}/page")
@needs(Act.LOOK)
def preview_page(reference: str) -> Any:
    ahead, tried = ahead_of(reference), Tried.here(reference)
    if request.args.get("at") == "later":
        return draft_showing.later_page(ahead, tried, tried)
    form, path = draft_showing.opened(ahead, tried, tried.fields)
    return draft_showing.shown(ahead, tried, tried, form, steps.find(path, request.args.get("at", "")))


@pages.post(f"{PREVIEW}/page")
@needs(Act.LOOK)
def try_page(reference: str) -> Any:
    ahead, tried = ahead_of(reference), Tried.here(reference)
    do = request.form.get("do", "next")
    if do == "clear":
        return redirect(url_for("responses.preview", reference=reference), 303)
    if do in ("mail", "send"):
        return nothing_sent(tried.address("later" if do == "mail" else "check"))
    return draft_pages.kept(ahead, tried, tried, do)


def nothing_sent(back: str) -> Any:
    flash("This is a preview: nothing was sent.", "success")
    return redirect(back, 303)
