"""How many responses an address may send to one consultation. Generous: a library or a church hall is one address."""

import logging

from flask import request
from limits import RateLimitItemPerMinute

from consult.consultations.models import Consultation
from consult.web.limits import limiter

EACH_ADDRESS = RateLimitItemPerMinute(60)
logger = logging.getLogger("consult")


def too_many(consultation: Consultation) -> bool:
    if not limiter.enabled:
        return False
    try:
        return not limiter.limiter.hit(
            EACH_ADDRESS, "respond", request.remote_addr or "", consultation.id.hex
        )
    except Exception:
        logger.exception("the limits could not be counted")  # then nobody is kept out
        return False
