"""A question on paper: its number, its words, of whom it is asked, and what there is to write in.

What there is to write in is a list of blocks, each a dict with its `kind`: words, ticks, scale, lines, line, boxes,
picture, map, policy. The sheet knows how each looks; no word in it is ever markup.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from consult.consultations import words as consultation_words
from consult.consultations.paper import printed_pictures
from consult.consultations.questions.conditions import answers_to_choose
from consult.consultations.questions.pictures import QuestionPicture
from consult.database import db
from consult.responses.form.frozen import Asked, Paper, Shown
from consult.responses.form.part import Part
from consult.responses.form.place_part import Spot
from consult.responses.form.stance_part import Stances
from consult.responses.form.word_parts import plain_number
from consult.responses.words import STANCES
from consult.tenancy import here

Block = dict[str, Any]
LINES_OF_A_TEXT, LINES_OF_A_REASON, LINES_OF_A_CHANGE, LINES_OF_A_PLACE = 7, 3, 2, 3


@dataclass(frozen=True)
class Printing:
    """What the questions of one form share. `note` says who will see an answer; `marked` draws the map of a place
    question, to be marked with a pen."""

    paper: Paper
    note: str
    marked: Callable[[], Block | None]


def printed(part: Part, printing: Printing) -> dict[str, Any]:
    question = part.question
    return {
        "number": str(question.position),
        "title": question.title,
        "when": when(question, printing.paper.questions),
        "hints": [hint for hint in (part.hint, *question.help.split("\n")) if hint.strip()],
        "blocks": [*pictures(question), *BLOCKS[question.kind](part, printing)],
        "note": printing.note,
    }


def when(question: Asked, questions: tuple[Asked, ...]) -> str:
    """Of whom it is asked, by the number of the question that decides."""
    condition = question.condition
    source = next((other for other in questions if condition and other.id == condition.question), None)
    if condition is None or source is None:
        return ""
    labels = dict(answers_to_choose(source, STANCES))
    chosen = _(" or ").join(f"“{labels[key]}”" for key in condition.any_of if key in labels)
    return str(
        _(
            "Answer this only if you ticked %(answers)s at question %(number)s.",
            answers=chosen,
            number=source.position,
        )
    )


def pictures(question: Asked) -> Iterator[Block]:
    """Where a picture cannot be printed, the words for it stand there."""
    if question.picture_id is None:
        return
    kept = db.session.get_one(QuestionPicture, (here(), question.picture_id))
    drawn = printed_pictures.drawn(kept.content)
    if drawn:
        yield {"kind": "picture", "picture": drawn, "alt": kept.alt}
    else:
        yield {"kind": "words", "words": kept.alt}


def ticks(options: list[str], across: bool = False) -> Block:
    return {"kind": "ticks", "options": options, "across": across}


def lines(label: str, number: int) -> Block:
    return {"kind": "lines", "label": label, "number": number}


def line(label: str, after: str = "", note: str = "") -> Block:
    return {"kind": "line", "label": label, "after": after, "note": note}


def words(text: str) -> Block:
    return {"kind": "words", "words": text}


def labels(part: Part) -> list[str]:
    return [str(label) for _key, label in part.options]


def choice(part: Part, printing: Printing) -> Iterator[Block]:
    yield words(_("Tick one."))
    yield ticks(labels(part))


def choices(part: Part, printing: Printing) -> Iterator[Block]:
    if not part.hint:  # as on the screen
        yield words(_("Tick all that apply."))
    yield ticks(labels(part))


def agree(part: Part, printing: Printing) -> Iterator[Block]:
    yield ticks(labels(part))


def scale(part: Part, printing: Printing) -> Iterator[Block]:
    settings = part.question.settings
    yield words(_("Tick one."))
    yield {
        "kind": "scale",
        "points": [key for key, _label in part.options],
        "low": settings.get("low") or "",
        "high": settings.get("high") or "",
    }


def text(part: Part, printing: Printing) -> Iterator[Block]:
    yield lines("", LINES_OF_A_TEXT)


def one_line(part: Part, printing: Printing) -> Iterator[Block]:
    yield lines("", 1)


def number(part: Part, printing: Printing) -> Iterator[Block]:
    settings = part.question.settings
    if sentence := bounds_in_words(settings):
        yield words(sentence)
    yield line("", after=settings.get("unit") or "")


def bounds_in_words(settings: dict[str, Any]) -> str:
    least, most = (
        plain_number(settings[name]) if settings.get(name) is not None else "" for name in ("least", "most")
    )
    if least and most:
        return str(_("From %(least)s to %(most)s.", least=least, most=most))
    if least:
        return str(_("%(least)s or more.", least=least))
    return str(_("%(most)s or less.", most=most)) if most else ""


def day(part: Part, printing: Printing) -> Iterator[Block]:
    earliest, latest = (day_in_words(part.question.settings.get(name)) for name in ("earliest", "latest"))
    if earliest and latest:
        yield words(_("From %(first)s to %(last)s.", first=earliest, last=latest))
    elif earliest or latest:
        yield words(
            _("%(day)s or later.", day=earliest) if earliest else _("%(day)s or earlier.", day=latest)
        )
    boxes = ((_("Day"), 2), (_("Month"), 2), (_("Year"), 4))
    yield {"kind": "boxes", "boxes": [[str(label), number] for label, number in boxes]}


def day_in_words(text: str | None) -> str:
    return str(consultation_words.day(date.fromisoformat(text))) if text else ""


def file(part: Part, printing: Printing) -> Iterator[Block]:
    yield words(
        _(
            "Put it with this form, and write “question %(number)s” and your name on it. We may not be able to send it "
            "back: keep the original.",
            number=part.question.position,
        )
    )
    yield ticks([str(_("I have put something with this form"))])


def place(part: Part, printing: Printing) -> Iterator[Block]:
    """Whatever else is allowed, the map may be marked: it is paper."""
    assert isinstance(part, Spot)
    ways = part.ways
    yield words(_("Give the place in any of these ways: one is enough."))
    if part.drawings and (marked := printing.marked()):
        yield marked
    if "words" in ways:
        yield lines(_("Say where it is and what you want to say about it"), LINES_OF_A_PLACE)
    if "list" in ways and part.listed:
        yield line(_("A site or policy in the plan: write its number"))
    if "postcode" in ways:
        yield line(_("Postcode of the place"))
    if "grid" in ways:
        yield line(_("Grid reference, such as ST 748 648"))


def stance(part: Part, printing: Printing) -> Iterator[Block]:
    assert isinstance(part, Stances)
    yield words(_("For each policy that you want to comment on, tick one and say why."))
    for policy in part.policies:
        yield on_policy(policy)


def on_policy(policy: Shown) -> Block:
    return {
        "kind": "policy",
        "title": f"{policy.reference} {policy.title}",
        "summary": policy.summary,
        "blocks": [
            ticks([str(stance) for stance in STANCES.values()], across=True),
            lines(_("Your reasons"), LINES_OF_A_REASON),
            lines(_("What you would change"), LINES_OF_A_CHANGE),
        ],
    }


BLOCKS: dict[str, Callable[[Any, Printing], Iterator[Block]]] = {
    "stance": stance,
    "line": one_line,
    "text": text,
    "choice": choice,
    "choices": choices,
    "scale": scale,
    "number": number,
    "date": day,
    "place": place,
    "file": file,
    "agree": agree,
}
