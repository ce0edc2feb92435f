"""What examining says on other pages: of a consultation under regulation 16, and of whoever was named to fetch it."""

from consult.access import Act
from consult.consultations.models import Consultation
from consult.consultations.parts import part
from consult.examining.pages import STAGE
from consult.examining.progress import stops_of
from consult.examining.published import publication_of
from consult.spaces import doors
from consult.spaces.home import Panel


@part(order=12)
def representations(consultation: Consultation) -> Panel | None:
    """On the public page, once it has closed: what is published of it, and what followed."""
    if consultation.stage != STAGE or consultation.proposal is None or consultation.state() != "closed":
        return None
    body = consultation.proposal.applicant
    published = publication_of(consultation) is not None
    known = body.is_open and bool(stops_of(body))
    return Panel(
        "examining/published.html",
        {"consultation": consultation, "published": published, "body": body, "known": known},
    )


@part(order=20, to="members")
def what_follows(consultation: Consultation) -> Panel | None:
    """On the page that officers manage it from."""
    if consultation.stage != STAGE or consultation.opening is None or not doors.may(Act.READ_RESPONSES):
        return None
    return Panel("examining/panel.html", {"consultation": consultation})
