"""The plan's documents: added, fetched and removed by members."""

from typing import Any

from flask import Response, abort, flash, render_template, request

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.plans.forms import DocumentForm
from consult.plans.models import Document, PlanVersion, draft_version, latest_version
from consult.plans.pages import back, frozen, pages

ROOM_FOR_A_FILE = (
    32 * 1024 * 1024
)  # so that a file a little too large is refused on its form, where the rest is kept


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint in ("plans.add_document", "plans.send_word"):
        request.max_content_length = ROOM_FOR_A_FILE


@pages.route("/<space:space>/plan/new-document", methods=["GET", "POST"])
@needs(Act.DRAW)
def add_document() -> Any:
    form = DocumentForm(latest_version())
    if not form.validate_on_submit():
        return render_template("plans/document.html", form=form, frozen=frozen()), 422 if form.errors else 200
    assert form.kind is not None
    version = draft_version()
    document = version.add_document(form.name, form.title.data, form.kind.media_type, form.content)
    audit.record("plan.document_added", form.title.data, by=me(), name=form.name, sha256=document.sha256)
    flash(f"{form.title.data} is added.", "success")
    return back()


@pages.get("/<space:space>/plan/documents/<name>")
@needs(Act.LOOK)
def document(name: str) -> Response:
    found = document_of(latest_version(), name)
    answer = download(found)
    audit.note_download(f"plan document {name}", me(), sha256=found.sha256)
    return answer


@pages.post("/<space:space>/plan/documents/<name>/removal")
@needs(Act.DRAW)
def remove_document(name: str) -> Any:
    version = draft_version()
    found = document_of(version, name)
    audit.record("plan.document_removed", found.title, by=me(), name=name, sha256=found.sha256)
    version.remove(found)
    flash(f"{name} is removed.", "success")
    return back()


def document_of(version: PlanVersion | None, name: str) -> Document:
    found = version.document(name) if version else None
    return found or abort(404)


def download(document: Any) -> Response:
    """A file of a plan or of what was handed over, as an attachment: whatever is in it, no browser shows it as a page
    of ours."""
    headers = {
        "Content-Disposition": f'attachment; filename="{document.name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(document.content, mimetype=document.media_type, headers=headers)
