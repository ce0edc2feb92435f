"""What pages are told: the form with its maps, and a response as its sender would read it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from flask import current_app, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from consult.areas import maps
from consult.consultations.models import Consultation, Question
from consult.responses.form import picture
from consult.responses.form.frozen import Asked, paper_of
from consult.responses.form.notice import notice_of
from consult.responses.form.parts import Spot
from consult.responses.form.word_parts import plain_number
from consult.responses.models import Answer, Place, Response
from consult.responses.outlines import outline_of
from consult.responses.words import STANCES
from consult.web.languages import alike
from geodata import crs


@dataclass(frozen=True)
class Told:
    """One thing that was said: what it is about, and the words under it."""

    about: str
    lines: list[tuple[str, str]]


def form_context(consultation: Consultation, form: Any, spots: list[Spot] | None = None) -> dict[str, Any]:
    """`spots` are the place questions whose maps are on the page; none given: all of the form's."""
    if spots is None:
        spots = [part for part in form.parts if isinstance(part, Spot)]
    shared = map_of(consultation) if spots else {}
    each = {part.id: shared | window_of(consultation, form, part) for part in spots}
    return {"consultation": consultation, "form": form, "maps": each, "notice": notice_of(consultation)}


def map_of(consultation: Consultation) -> dict[str, Any]:
    """What the map that moves is told."""
    settings = current_app.config["SETTINGS"]
    tiles = {"url": settings.basemap_url, "attribution": settings.basemap_attribution}
    outline = url_for("responses.area", reference=consultation.reference)
    known = outline_of(consultation) is not None
    return {
        "bounds": maps.bounds_of(picture.extent_of(consultation)),
        "layers": [{"url": outline, "style": "area", "name": _("The area")}] if known else [],
        "basemap": url_for("areas.base_geojson"),
        "tiles": tiles if settings.basemap_url else None,
        "heights": picture.SIZES,
    }


def window_of(consultation: Consultation, form: Any, part: Spot) -> dict[str, Any]:
    """The drawings for browsers without JavaScript, as they now stand."""
    marks, window = (
        picture.marks_of(form, part),
        picture.window_of(form, part, picture.extent_of(consultation)),
    )
    about: dict[str, Any] = {"reference": consultation.reference, "view": str(window)}
    if marks:
        about["marks"] = marks
    drawings = {width: url_for("responses.map_drawing", width=width, **about) for width in picture.SIZES}
    return {"view": str(window), "pinned": bool(marks), "drawings": drawings}


def told(consultation: Consultation, response: Response) -> list[Told]:
    """Everything they said, in the order of the questions."""
    answers, places, paper = list(response.answers), list(response.places), paper_of(consultation)
    return [
        entry
        for question in paper.questions
        for entry in of_question(question, answers, places, {p.id: p for p in paper.policies})
    ]


def as_text(consultation: Consultation, response: Response) -> str:
    """The same as plain text, for a mail."""
    paper = paper_of(consultation)
    answers, places, policies = (
        list(response.answers),
        list(response.places),
        {p.id: p for p in paper.policies},
    )
    told = [one for question in paper.questions for one in of_question(question, answers, places, policies)]
    return "\n\n".join(
        "\n".join([one.about, *(f"{label}: {words}" if label else words for label, words in one.lines)])
        for one in told
    )


def of_question(
    question: Question | Asked, answers: list[Answer], places: list[Place], policies: dict[Any, Any]
) -> Iterator[Told]:
    mine = [answer for answer in answers if answer.question_id == question.id]
    for answer in mine:
        if answer.stance:
            policy = policies.get(answer.policy_id)
            about = alike(f"{policy.reference} {policy.title}", policy.title) if policy else question.title
            yield Told(about, list(stance_lines(answer)))
    others = [line for answer in mine if not answer.stance for line in answer_lines(question, answer)]
    others += [line for place in places if place.question_id == question.id for line in place_lines(place)]
    if others:
        yield Told(question.title, others)


def stance_lines(answer: Answer) -> Iterator[tuple[str, str]]:
    yield _("What you think"), str(STANCES.get(answer.stance or "", answer.stance))
    if answer.text:
        yield _("Your reasons"), answer.text
    if answer.suggested_change:
        yield _("What you would change"), answer.suggested_change


def answer_lines(question: Question | Asked, answer: Answer) -> Iterator[tuple[str, str]]:
    if answer.choice:
        labels = {option["key"]: option["label"] for option in question.options}
        yield "", labels.get(answer.choice, answer.choice)
    if answer.number is not None:
        yield "", f"{plain_number(answer.number)} {question.settings.get('unit') or ''}".strip()
    if answer.day is not None:
        yield "", format_date(answer.day, "d MMMM y")
    if answer.text:
        yield (_("A file") if question.kind == "file" else ""), answer.text


def place_lines(place: Place) -> Iterator[tuple[str, str]]:
    if place.shape is not None:
        shape = shapely.from_wkb(place.shape)
        if shape.geom_type == "LineString":
            yield _("A line on the map"), _("%(metres)s metres long", metres=f"{shape.length:,.0f}")
        elif shape.geom_type != "Point":
            yield _("An area on the map"), _("%(hectares)s hectares", hectares=f"{shape.area / 10_000:,.2f}")
    if place.easting is not None and place.northing is not None:
        lons, lats = crs.lonlat_points([place.easting], [place.northing])
        yield (
            _("On the map"),
            _("longitude %(lon)s, latitude %(lat)s", lon=f"{lons[0]:.6f}", lat=f"{lats[0]:.6f}"),
        )
    if place.words:
        yield "", place.words
