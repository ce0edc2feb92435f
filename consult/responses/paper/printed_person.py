"""Who answers, on paper: what the stage asks, and beside each line who will see it."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from consult.consultations.models import Consultation
from consult.responses import equality
from consult.responses.form import personal
from consult.responses.form.questionnaire import About
from consult.responses.paper.printed_questions import Block, line, lines, ticks, words

LINES_OF_AN_ADDRESS = 3


def about_you(consultation: Consultation) -> dict[str, Any]:
    return {
        "title": _("About you"),
        "introduction": _("It helps to show who has been heard."),
        "groups": list(groups(consultation)),
    }


def about_people() -> dict[str, Any]:
    """The optional questions, on a sheet of their own that is torn off: on paper, too, nothing ties them to a
    response."""
    return {
        "title": _("A few questions about you"),
        "introduction": _(
            "This sheet is kept apart: tear it off and hand it in by itself. Nothing ties it to your response, and you "
            "need not answer. Tick one answer to each."
        ),
        "groups": [
            {
                "title": _(topic.title),
                "note": "",
                "blocks": [ticks([_(label) for _key, label in topic.options])],
            }
            for topic in equality.topics()
        ],
    }


def groups(consultation: Consultation) -> Iterator[dict[str, Any]]:
    """In the order of the screen; the labels are those of its form."""
    form, notes = About(meta={"csrf": False}, formdata=None), personal.public_notes(consultation)
    yield group(form.connection, notes["connection"], ticks(options(form.connection)))
    yield group(form.postcode, notes["postcode"], line(""))
    yield group(form.kind, notes["kind"], words(_("Tick one.")), ticks(options(form.kind)))
    for name in ("client", "name", "organisation"):
        yield group(form[name], notes[name], lines("", 1))
    if personal.asks_address(consultation.stage):
        yield group(form.address, notes["address"], lines("", LINES_OF_AN_ADDRESS))
    yield group(form.email, notes["email"], lines("", 1))
    if personal.takes_wishes(consultation.stage):
        yield wishes(form)


def group(field: Any, note: str, *blocks: Block) -> dict[str, Any]:
    return {"title": str(field.label.text), "note": note, "blocks": list(blocks)}


def options(field: Any) -> list[str]:
    return [str(label) for _key, label in field.pairs]


def wishes(form: Any) -> dict[str, Any]:
    """Regulation 16(a)(v): whoever makes a representation may ask to be told of the decision under regulation 19."""
    wanted = [str(form.tell_decision.label.text), str(form.wants_hearing.label.text)]
    said = _(
        "You may ask to be told of the authority’s decision about the plan (regulation 16 and regulation 19, "
        "Neighbourhood Planning (General) Regulations 2012). Most plans are examined in writing; the examiner decides "
        "whether there is a hearing. Not published."
    )
    why = lines(str(form.why_hearing.label.text), LINES_OF_AN_ADDRESS)
    return {"title": _("What happens after"), "note": said, "blocks": [ticks(wanted), why]}
