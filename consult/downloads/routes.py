"""Downloads of a selection: choose, see how much it is, make the file, fetch it as often as needed."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)

from consult import audit
from consult.access import Act, needs
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.consultations.parts import part
from consult.database import db
from consult.downloads import erasing as erasing  # what it removes when somebody is erased
from consult.downloads import forms, keeping, making, telling
from consult.downloads.choosing import Chosen
from consult.downloads.filters import Filter, opened
from consult.downloads.forms import FileForm, SelectionForm
from consult.downloads.models import Download
from consult.feedback import coding_taken, tallies
from consult.feedback.pages import listed
from consult.responses.asking import consultation_at
from consult.spaces import doors
from consult.spaces.home import Panel
from consult.tenancy import here

pages = Blueprint("downloads", __name__)
LIST = "/<space:space>/downloads/"
ONE = f"{LIST}<uuid:download_id>"
EVERY = "all"  # consultations; a reference names one


@pages.get(LIST)
@needs(Act.READ_RESPONSES)
def index() -> str:
    """What can be selected from, and what was downloaded before, newest first."""
    newest = sa.select(Download).order_by(Download.at.desc(), Download.id)
    return render_template(
        "downloads/index.html",
        consultations=opened()[::-1],
        page=listed([each for each in db.session.scalars(newest) if may_see(each)]),
        sentence_of=telling.sentence_of,
        formats=forms.FORMATS,
        progress_of=making.progress_of,
    )


@pages.get(f"{LIST}selection")
@needs(Act.READ_RESPONSES)
def selection() -> Any:
    return shown(*asked_for(), FileForm())


@pages.post(LIST)
@needs(Act.READ_RESPONSES)
def make() -> Any:
    """The selection is in the address, the kind of file in the form."""
    among, form = asked_for()
    file = FileForm()
    if not (form.validate() and file.validate_on_submit()):
        return shown(among, form, file)
    download = making.ask(form.filter(reference_of(among)), file.rows.data, file.format.data, sessions.me())
    return redirect(url_for("downloads.one", download_id=download.id), 303)


@pages.get(ONE)
@needs(Act.READ_RESPONSES)
def one(download_id: UUID) -> str:
    download = download_at(download_id)
    state, words = making.progress_of(download)
    return render_template(
        "downloads/one.html",
        download=download,
        state=state,
        words=words,
        telling=telling,
        forms=forms,
        address={"consultation": EVERY} | download.selection,
    )


@pages.get(f"{ONE}/progress")
@needs(Act.READ_RESPONSES)
def progress(download_id: UUID) -> dict[str, Any]:
    state, words = making.progress_of(download_at(download_id))
    return {"state": state, "words": words, "done": state != "working", "next": ""}


@pages.get(f"{ONE}/file")
@needs(Act.READ_RESPONSES)
def file(download_id: UUID) -> Response:
    """Byte for byte as it was made, read from the disk as it is sent."""
    download = download_at(download_id)
    kept = download.file or abort(404)
    content = keeping.fetched(kept)
    response = Response(keeping.parts_of(content), content_type=kept.media_type)
    response.call_on_close(content.close)
    response.content_length = kept.size
    response.headers.set("Content-Disposition", "attachment", filename=kept.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.no_store = True
    about = {"selection": download.selection, "sha256": kept.sha256}
    audit.note_download(f"selection: {kept.name}", sessions.whoever(), **about)
    return response


@pages.post(f"{ONE}/removal")
@needs(Act.READ_RESPONSES)
def removal(download_id: UUID) -> Any:
    making.remove(download_at(download_id), sessions.me())
    flash("The file is removed. What was asked for stays on the list.", "success")
    return redirect(url_for("downloads.index"), 303)


# What an address asks for.


def asked_for() -> tuple[list[Consultation], SelectionForm]:
    """The consultations that are chosen from, and the form with what can be chosen of them."""
    asked = request.args.get("consultation", EVERY)
    among = opened() if asked == EVERY else [each for each in [consultation_at(asked)] if each.opening]
    if not among:
        abort(404)
    form = SelectionForm(request.args)
    every = [(each, tallies.take(each)) for each in among]
    if asked == EVERY:
        form.offer(**forms.of_several(among, [facts for _, facts in every]))
    else:
        form.offer(**forms.of_one(among[0], every[0][1], coding_taken.take(among[0])))
    return among, form


def reference_of(among: list[Consultation]) -> str:
    return "" if request.args.get("consultation", EVERY) == EVERY else among[0].reference


def shown(among: list[Consultation], form: SelectionForm, file: FileForm) -> Any:
    """How much is selected; nothing is counted of what was not understood."""
    right = form.validate()
    chosen = form.filter(reference_of(among)) if right else Filter(consultation=reference_of(among))
    found = [Chosen.now(chosen, each) for each in among if chosen.holds(each)] if right else []
    page = render_template(
        "downloads/selection.html",
        among=among,
        every=not chosen.consultation,
        form=form,
        file=file,
        rows=[(each.consultation, telling.counts_of(each)) for each in found],
        told=telling.in_words(chosen),
        address={"consultation": chosen.consultation or EVERY} | chosen.kept(),
        right=right,
    )
    return (page, 422) if not right or file.errors else page


def download_at(download_id: UUID) -> Download:
    found = db.session.get(Download, (here(), download_id))
    return found if found is not None and may_see(found) else abort(404)


def may_see(download: Download) -> bool:
    return download.rows != forms.OF_THE_DISTRICT or doors.may(Act.OVERSEE)


@part(order=20, to="members")
def downloads_of(consultation: Consultation) -> Panel | None:
    if consultation.opening is None or not doors.may(Act.READ_RESPONSES):
        return None
    return Panel("downloads/part.html", {"consultation": consultation})


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
