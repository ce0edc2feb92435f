"""How many responses an address may send to one consultation, and how many receipts are mailed to one. Generous: a
library or a church hall is one address, and a helper there may give their own for many.

Where nothing can be counted, nobody is kept out: a response is worth more than the limit.
"""

from typing import Any

from consult.consultations.models import Consultation
from consult.web.emails import normalised
from consult.web.limits import NotCounted, asking, hit

EACH_ADDRESS = "60 per minute"
EACH_FORUM = "1200 per minute"  # twenty a second: what the busiest last hour would bring, many times over
AT_AN_EVENT = "600 per minute"
DRAFTS = "120 per minute"
RECEIPTS = "20 per hour"
WAYS_BACK = "5 per hour"
LOOKING_UP = "30 per minute"
ASKED_OF_FORMS = ("900 per minute", "3000 per minute")  # by one network, and by all together
ASKED_OF_PAGES = ("1800 per minute", "6000 per minute")
ABOUT_PEOPLE = "60 per hour"
FILES_OF_A_NETWORK = "300 per hour"  # megabytes
FILES_OF_A_FORUM = "2000 per day"


def within(limit: str, what: str, *whose: str, cost: int = 1) -> bool:
    try:
        return hit(limit, what, *whose, cost=cost)
    except NotCounted:
        return True


def too_many(consultation: Consultation, event_device_id: Any = None) -> bool:
    """From one address, or to one consultation from everywhere. A device at an event stands for a whole hall."""
    own = AT_AN_EVENT if event_device_id else EACH_ADDRESS
    if not within(
        own, "respond at an event" if event_device_id else "respond", asking(), consultation.id.hex
    ):
        return True
    return not within(EACH_FORUM, "respond to", consultation.id.hex)


def too_many_drafts(consultation: Consultation, event_device_id: Any = None) -> bool:
    if not within(AT_AN_EVENT if event_device_id else DRAFTS, "draft", asking(), consultation.id.hex):
        return True
    return not within(EACH_FORUM, "drafts of", consultation.id.hex)


def too_many_receipts(email: str) -> bool:
    """Whether so many went there within the hour that somebody may be flooding it; counted over every space."""
    return not within(RECEIPTS, "receipts", normalised(email) or email)


def too_many_ways_back(email: str) -> bool:
    """Links to a draft: to one address, and from one network."""
    known = within(WAYS_BACK, "ways back", normalised(email) or email)
    return not (within(RECEIPTS, "ways back from", asking()) and known)


def too_many_looked_up() -> bool:
    return not within(LOOKING_UP, "looked up", asking())


def too_many_about_people(consultation: Consultation) -> bool:
    return not within(ABOUT_PEOPLE, "about people", asking(), consultation.id.hex)


def too_many_files(consultation: Consultation, megabytes: int) -> bool:
    """What waits to be sent under keys of a robot's own choosing would fill the disk: a file is counted by its size."""
    if not within(FILES_OF_A_NETWORK, "files from", asking(), consultation.id.hex, cost=megabytes):
        return True
    return not within(FILES_OF_A_FORUM, "files of", consultation.id.hex, cost=megabytes)
