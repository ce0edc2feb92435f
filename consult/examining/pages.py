"""The pages of examining, and what they share: a consultation under regulation 16 in its authority's own space."""

from flask import Blueprint, abort

from consult.consultations.models import Consultation
from consult.responses.asking import consultation_at

pages = Blueprint("examining", __name__)
PUBLIC = "/<space:space>/consultations/<reference>/representations"
OFFICE = "/<space:space>/consultations/<reference>/examination"
STAGE = "regulation_16"


def representations_at(reference: str) -> Consultation:
    consultation = consultation_at(reference)
    return consultation if consultation.stage == STAGE else abort(404)
