"""What people are told about their data when they answer, frozen with each response."""

from flask_babel import gettext as _

from consult.consultations.models import Consultation
from consult.spaces.models import standing


def notice_of(consultation: Consultation) -> str:
    """The consultation's own notice, or ours where it has none."""
    return consultation.privacy_notice or _(
        "%(body)s will read what you write and use it to prepare the plan. Your name may appear in its report to the "
        "council beside what you said. Your email address and postcode are never published.",
        body=standing().name,
    )
