"""How moments read on the page, and the moment at which a form was begun, sealed so that nobody can choose it."""

from datetime import datetime

from flask import Flask, current_app
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer

from consult import clock
from consult.consultations import words
from consult.consultations.models import Consultation


def day_and_time(moment: datetime) -> str:
    """14 March 2027 at 11:59pm UK time."""
    uk = clock.uk(moment)
    return gettext("%(day)s at %(time)s UK time", day=words.day(uk.date()), time=words.clock_time(uk))


def sealed(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(str(app.secret_key), salt="a form was begun")


def seal(consultation: Consultation) -> str:
    return str(sealed(current_app).dumps([consultation.id.hex, clock.now().isoformat()]))


def begun(consultation: Consultation, seal: str) -> datetime | None:
    """When this form was begun, if it is one of ours for this consultation."""
    try:
        about, when = sealed(current_app).loads(seal)
        return datetime.fromisoformat(when) if about == consultation.id.hex else None
    except (BadSignature, ValueError, TypeError):
        return None
