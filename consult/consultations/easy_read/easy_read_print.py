"""The Easy Read version on paper: each sentence in large letters beside its picture."""

from typing import Any

from flask_babel import gettext as _

from consult import mail
from consult.consultations import words
from consult.consultations.easy_read.sentences import EasyReadLine
from consult.consultations.paper import poster, printed_pictures
from consult.consultations.paper.prints import Sheet, prints
from consult.settings import ROOT
from consult.spaces.models import standing

FILE = ROOT / "templates" / "consultations" / "easy_read.typ"


@prints("easy-read")
def easy_read(consultation: Any, language: str, draft: bool) -> Sheet | None:
    return Sheet(FILE, "easy_read", said(consultation, language, draft)) if consultation.easy_read else None


def said(consultation: Any, language: str, draft: bool) -> dict[str, Any]:
    space = standing()
    address = mail.link("consultations.show", space=space, reference=consultation.reference)
    contact = (consultation.contact_phone, consultation.contact_email, consultation.contact_address)
    return {
        "language": language,
        "draft": _("Draft: not open yet") if draft else "",
        "body": space.name,
        "title": consultation.title,
        "easy_read": _("Easy Read"),
        "page": _("Page"),
        "lines": [printed(line) for line in consultation.easy_read],
        "say": _("Tell us what you think"),
        "until": until(consultation),
        "online": _("On the internet:"),
        "address": address,
        "code": poster.drawn(address),
        "code_alt": _("A QR code that leads to %(address)s", address=address),
        "ask": _("If you want help, ask us:"),
        "contact": [line for line in contact if line],
    }


def until(consultation: Any) -> str:
    if consultation.closing_day is None:
        return ""
    return str(_("You can tell us until %(day)s.", day=words.day(consultation.closing_day)))


def printed(line: EasyReadLine) -> dict[str, str]:
    return {"words": line.words, "alt": line.alt, "picture": printed_pictures.drawn(line.content)}
