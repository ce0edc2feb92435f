"""A poster for a notice board: A4, the title, the dates, the address of the page and a code that a phone reads."""

from typing import Any

import qrcode  # type: ignore[import-untyped]

from consult import clock, mail
from consult.consultations import words
from consult.settings import ROOT
from consult.spaces.models import standing
from consult.web import typesetting

SHEET = ROOT / "templates" / "consultations" / "poster.typ"
A_CODE_S_MARGIN = 4  # modules, as ISO/IEC 18004 asks


def pdf(consultation: Any) -> bytes:
    return typesetting.pdf(SHEET, "poster", said(consultation), clock.now())


def said(consultation: Any) -> dict[str, Any]:
    space = standing()
    address = mail.link("consultations.show", space=space, reference=consultation.reference)
    contact = (consultation.contact_email, consultation.contact_phone, consultation.contact_address)
    return {
        "body": space.name,
        "colour": space.colour or "#1f4d3a",
        "kind": str(consultation.kind.words),
        "title": consultation.title,
        "dates": dates(consultation),
        "address": address,
        "code": drawn(address),
        "where": consultation.where_to_see,
        "contact": "\n".join(line for line in contact if line),
    }


def dates(consultation: Any) -> str:
    opens = words.beginning(consultation.opens or consultation.planned_opening())
    if consultation.closing_day is None:
        return f"Opens {opens}"
    return f"{opens} to {words.day(consultation.closing_day)}"


def drawn(address: str) -> str:
    """The code as a drawing, one square a module; error correction M bears a scratch or a raindrop."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=A_CODE_S_MARGIN)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )
