"""The area that a consultation is about, for every page, picture and report that draws or compares it."""

from shapely.geometry.base import BaseGeometry

from consult.areas import register
from consult.consultations.models import Consultation
from consult.tenancy import here


def outline_of(consultation: Consultation) -> BaseGeometry | None:
    """As it was asked about, else as the register has it of the space. Never a draft."""
    if consultation.area_version is not None:
        return consultation.area_version.geometry
    entry = register.entry_of(here())
    return entry.geometry if entry is not None else None
