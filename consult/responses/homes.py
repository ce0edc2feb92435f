"""Where somebody lives, seen from the consultation's area. It is asked for the headline, never to leave anyone out."""

from consult.areas.loaded import postcodes
from consult.consultations.models import Consultation
from geodata.places import inside

BY_POSTCODE = "postcode"
BY_THEIR_WORD = "their own word"


def home_of(consultation: Consultation, postcode: str, own_word: str = "") -> tuple[str, str]:
    """(inside, outside or unknown; how we know)."""
    area = consultation.area_version
    point = postcodes.point_of(postcode) if postcode and area is not None else None
    if area is not None and point is not None:
        within = bool(inside(area.geometry, [point[0]], [point[1]])[0])
        return ("inside" if within else "outside"), BY_POSTCODE
    if own_word in ("inside", "outside"):
        return own_word, BY_THEIR_WORD
    return "unknown", ""
