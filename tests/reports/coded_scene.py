"""The consultation of `scene.py` with some of it read: cut, coded, put to another policy, two themes merged."""

from consult.consultations.models import Consultation
from consult.points.coder import Coder
from consult.points.passages import Passage, Wanted, passage_at
from consult.points.queue import page_of
from consult.points.spans import Span
from consult.points.standing import standing_in
from consult.responses.models import Response
from consult.responses.receiving import Said, Submission, receive
from tests.reports import scene

LETTER = "I like the green. The road is too fast! 🎉 Thank you."
ROAD = Span("text", 18, 39)
FLOODS, TRAFFIC, ROADS, GREEN = "=Floods; and mud", "Traffic", "Roads", "Green space"


def consultation(number: int = 24) -> tuple[Consultation, Response]:
    """With one more response, whose letter holds two matters."""
    made = scene.consultation()
    scene.respond(made, number)
    stance, text = made.questions[0], made.questions[3]
    said = Said(stance.id, made.policies[0].id, stance="support", text=LETTER, suggested_change="Move it.")
    again = (said, Said(text.id, text="Roads"))
    letter = receive(made, Submission(kind="individual", name="Bea", answers=again, key="letter"))[0]
    return made, letter


def passages(made: Consultation, number: int = 240) -> list[Passage]:
    rows, _ = page_of(made, Wanted(), 1, number)
    return [found for row in rows if (found := passage_at(made, row.id)) is not None]


def code(made: Consultation, letter: Response, person: object) -> Coder:
    coder = Coder(made, person)
    flood = coder.write(FLOODS, definition="Water where it should not be")
    traffic, roads = coder.write(TRAFFIC), coder.write(ROADS)
    green = coder.write(GREEN, parent_id=flood)
    coder.write("Never used")
    for at, each in enumerate(passages(made)[:60]):
        if each.response != letter.reference and at % 3:
            coder.code(each, "", {(flood, green, coder.nothing())[at % 3], *([roads] if at % 5 == 0 else [])})
    mine = next(
        p for p in passages(made) if p.response == letter.reference and p.written.get("text") == LETTER
    )
    coder.mark(mine, ROAD)
    letters = [point.letter for point in standing_in(mine, coder.frame)]
    coder.code(mine, letters[0], {green})
    coder.code(mine, letters[1], {traffic, roads})
    coder.place(mine, letters[1], made.policies[1].id, "object")
    coder.merge(roads, traffic)
    return coder
