"""The published representations, for everyone: a page, a table, a PDF. What was not cleared is in none of them."""

from typing import Any

from flask import Response, abort, render_template, request, url_for

from consult.access import public
from consult.clearing.comments import SUMMARIES, publication_policy
from consult.consultations.models import Consultation
from consult.examining.models import RepresentationsPublication
from consult.examining.pages import PUBLIC, pages, representations_at
from consult.examining.published import every, ids, publication_of, read, table
from consult.examining.publishing import current_set, is_old
from consult.feedback import publications
from consult.feedback.pages import listed
from consult.responses.words import STANCES

EACH_PAGE = 20
TONES = {"support": "good", "support_with_changes": "waiting", "object": "warning", "comment": "quiet"}


def published_at(reference: str) -> tuple[Consultation, RepresentationsPublication]:
    consultation = representations_at(reference)
    publication = publication_of(consultation)
    if publication is None:
        abort(404)
    return consultation, publication


@pages.get(f"{PUBLIC}/")
@public
def representations(reference: str) -> str:
    consultation, publication = published_at(reference)
    policies = {policy.reference: f"{policy.reference} {policy.title}" for policy in consultation.policies}
    policy = request.args.get("policy", "")
    policy = policy if policy in policies else ""
    page: Any = listed(every(consultation, policy) if policy else ids(consultation), EACH_PAGE)
    if page.page > 1 and not page.items:
        abort(404)
    return render_template(
        "examining/representations.html",
        consultation=consultation,
        publication=publication,
        summaries=publication_policy(consultation) == SUMMARIES,
        results=publications.current(consultation.space_id, consultation.id),
        policies=policies,
        policy=policy,
        page=page,
        shown=page.items if policy else read(consultation, page.items),
        pdf=not is_old(publication),
        address=lambda number: address_of(consultation, policy, number),
        stances=STANCES,
        tones=TONES,
    )


def address_of(consultation: Consultation, policy: str, number: int) -> str:
    return url_for(
        "examining.representations", reference=consultation.reference, page=number, policy=policy or None
    )


@pages.get(f"{PUBLIC}/representations.csv")
@public
def public_csv(reference: str) -> Response:
    consultation, _ = published_at(reference)
    return attached(table(every(consultation)), "text/csv; charset=utf-8", f"{reference}-representations.csv")


@pages.get(f"{PUBLIC}/representations.pdf")
@public
def public_pdf(reference: str) -> Response:
    """As the worker set it, and only while it shows what everyone may read now."""
    consultation, publication = published_at(reference)
    kept = current_set(publication, every(consultation))
    if kept is None:
        abort(404)
    return attached(kept.content, "application/pdf", f"{reference}-representations.pdf")


def attached(content: bytes, media_type: str, name: str) -> Response:
    """Anyone may have it, so who fetches it is nobody's business: it is not noted."""
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
