"""The form on paper: A4, or large print, with the numbers that the questions have on the screen and where they are
keyed in. What it says is put together here; the typst sheet only sets it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _

from consult import mail
from consult.consultations import words
from consult.consultations.models import Consultation
from consult.consultations.paper import poster
from consult.consultations.paper.prints import Sheet, prints
from consult.responses.form import personal
from consult.responses.form.frozen import Paper, paper_of
from consult.responses.form.notice import notice_of
from consult.responses.form.part import Part
from consult.responses.form.parts import parts_of
from consult.responses.form.questionnaire import sites
from consult.responses.manner import manner_of
from consult.responses.paper import printed_maps
from consult.responses.paper.printed_person import about_people, about_you
from consult.responses.paper.printed_questions import Printing, printed
from consult.settings import ROOT
from consult.spaces.models import standing

FILE = ROOT / "templates" / "responses" / "printed.typ"


@dataclass(frozen=True)
class Size:
    """How large everything is. Large print is 18 points and more, also on the maps."""

    points: int
    large: bool = False


A4, LARGE = Size(12), Size(18, large=True)


@prints("form")
def form(consultation: Consultation, language: str, draft: bool) -> Sheet:
    return Sheet(FILE, "form", said(consultation, A4, language, draft))


@prints("form-large-print")
def large_print(consultation: Consultation, language: str, draft: bool) -> Sheet:
    return Sheet(FILE, "form", said(consultation, LARGE, language, draft))


def said(consultation: Consultation, size: Size, language: str = "en", draft: bool = False) -> dict[str, Any]:
    """All that the sheet says, in the language that is in force."""
    paper = paper_of(consultation)
    version = consultation.plan_shown
    return {
        "language": language,
        "points": size.points,
        "large": size.large,
        "draft": _("Draft: not open yet. Do not hand it out.") if draft else "",
        **heads(consultation),
        **handing_in(consultation),
        "how": list(how(consultation, paper)),
        "map": printed_maps.of_the_plan(consultation, version, size.large),
        "parts": list(printed_parts(consultation, paper, size)),
        "about": about_you(consultation),
        "people": about_people() if manner_of(consultation).asks_equality else None,
        "notice": [_("How what you send will be used"), notice_of(consultation)],
        "public": [_("What is public."), personal.publication_of(consultation)],
    }


def heads(consultation: Consultation) -> dict[str, Any]:
    space = standing()
    return {
        "body": space.name,
        "title": consultation.title,
        "kind": str(consultation.kind.words),
        "summary": consultation.summary,
        "stray": f"{space.name}: {consultation.title}",
        "page": _("Page"),
        "of": _("of"),
    }


def handing_in(consultation: Consultation) -> dict[str, Any]:
    """By when, where, and how else; said at the beginning and again at the end."""
    address = mail.link("consultations.show", space=standing(), reference=consultation.reference)
    day = consultation.closing_day
    by = _("It has to arrive by the end of %(day)s.", day=words.day(day)) if day else ""
    other = [
        _("Or scan or photograph every page and email it to %(email)s.", email=consultation.contact_email)
        if consultation.contact_email
        else "",
        _(
            "For help, or for this form in another shape, telephone %(phone)s.",
            phone=consultation.contact_phone,
        )
        if consultation.contact_phone
        else "",
    ]
    return {
        "hand_in": _("Hand this form in"),
        "by": by,
        "post": consultation.contact_address.split("\n") if consultation.contact_address else [],
        "post_to": _("Post it or bring it to:"),
        "other": [line for line in other if line],
        "respond": consultation.how_to_respond,
        "online": _("Or answer online:"),
        "address": address,
        "code": poster.drawn(address),
        "code_alt": _("A QR code that leads to %(address)s", address=address),
    }


def how(consultation: Consultation, paper: Paper) -> Iterator[str]:
    yield _("Answer as much or as little as you like, in pen. The numbers are those of the questions online.")
    if any(question.kind == "stance" for question in paper.questions):
        yield _("Comment on the policies that matter to you, and leave the others empty.")
    yield _("If you need more room, use another sheet, and write the number of the question on it.")
    if personal.asks_address(consultation.stage):
        yield _("Your name and address are needed: the examiner has to know who makes a representation.")


def printed_parts(consultation: Consultation, paper: Paper, size: Size) -> Iterator[dict[str, Any]]:
    """The pages of the form on the screen, each with the words at its head; one without a number where it has no
    pages."""
    printing = Printing(
        paper,
        note=personal.public_notes(consultation)["answers"],
        marked=partial(printed_maps.to_mark, consultation, size.large),
    )
    headings = {heading.number: heading for heading in paper.headings}
    parts = parts_of(paper, partial(sites, consultation))
    numbers = sorted({part.question.page for part in parts})
    for number in numbers:
        heading = headings.get(number)
        title = heading.title if heading else ""
        if len(numbers) > 1:
            named = _("Part %(number)s", number=number)
            title = f"{named}: {title}" if title else named
        yield {
            "title": title or _("Your views"),
            "introduction": heading.introduction if heading else "",
            "questions": [printed(part, printing) for part in on_page(parts, number)],
        }


def on_page(parts: list[Part], number: int) -> list[Part]:
    return [part for part in parts if part.question.page == number]
