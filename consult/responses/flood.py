"""How many responses an address may send to one consultation, and how many receipts are mailed to one. Generous: a
library or a church hall is one address, and a helper there may give their own for many.

Where nothing can be counted, nobody is kept out: a response is worth more than the limit.
"""

from consult.consultations.models import Consultation
from consult.web.emails import normalised
from consult.web.limits import NotCounted, asking, hit

EACH_ADDRESS = "60 per minute"
RECEIPTS = "20 per hour"


def too_many(consultation: Consultation) -> bool:
    try:
        return not hit(EACH_ADDRESS, "respond", asking(), consultation.id.hex)
    except NotCounted:
        return False


def too_many_receipts(email: str) -> bool:
    """Whether so many went there within the hour that somebody may be flooding it; counted over every space."""
    try:
        return not hit(RECEIPTS, "receipts", normalised(email) or email)
    except NotCounted:
        return False
