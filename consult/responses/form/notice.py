"""What people are told about their data when they answer, frozen with each response."""

from typing import Any

from flask_babel import gettext as _

from consult.consultations.languages.wording import language_answered_in, plainly
from consult.consultations.models import Consultation
from consult.responses.form import personal
from consult.spaces.models import standing


def notice_of(consultation: Consultation) -> str:
    """The consultation's own notice, or ours where it has none."""
    return plainly(consultation, "privacy_notice") or _(
        "%(body)s will read what you write and use it to prepare the plan. Your name may appear in its report to the "
        "council beside what you said. Your email address and postcode are never published.",
        body=standing().name,
    )


def as_shown(consultation: Consultation) -> dict[str, Any]:
    """What a response keeps of the page that it was sent from."""
    return {
        "notice": notice_of(consultation),
        "publication": personal.publication_of(consultation),
        "language": language_answered_in(consultation),
    }
