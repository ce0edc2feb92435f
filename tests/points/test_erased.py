"""Points of words that were erased since: where a detail is blanked every point still covers its own words, and where
all is erased no piece of the mark is shown as somebody's words."""

import sqlalchemy as sa

from consult.clearing.erasing import erase, erase_one
from consult.clearing.models import IDENTITY
from consult.database import db
from consult.feedback import coding_taken
from consult.points.frame import frame_of
from consult.points.passages import passage_at
from consult.points.spans import Span
from consult.points.standing import standing_in
from consult.reports.pieces import words_of
from consult.reports.points import Point
from consult.responses.models import Answer, Response
from tests.points.test_coding import ON_H1

WORDS = "Caf\u00e9 \U0001f333: write to ada@example.org. The road is too fast!"


def written_anew(said, coding):
    """The words, cut before “The road”, in a response that has an address in it."""
    with coding() as (coder, passage):
        old = passage(said[ON_H1])
        response = db.session.scalars(sa.select(Response).where(Response.id == old.response_id)).one()
        row = Answer(
            response_id=response.id,
            question_id=db.session.get(Answer, (response.space_id, old.id)).question_id,
            policy_id=old.policy_id,
            position=9,
            text=WORDS,
        )
        db.session.add(row)
        db.session.flush()
        start = WORDS.index("The road")
        coder.cut(passage(row.id), [Span("text", start, start + 3)])
        return row.id


def shown(consultation, id_):
    passage = passage_at(consultation, id_)
    return [point.span.of(passage.written) for point in standing_in(passage, frame_of(consultation.id))]


def in_a_report(consultation, id_, coded):
    """What a report shows whose snapshot was taken before."""
    row = db.session.scalars(sa.select(Answer).where(Answer.id == id_)).one()
    point = Point("R/q/1", None, "q", comment=row.text, passage=id_)
    return [words_of(point, piece)[0] for piece in coded.pieces if piece.passage == id_]


def test_a_blanked_detail_moves_nothing(said, coding):
    id_ = written_anew(said, coding)
    with coding() as (coder, passage):
        coded = coding_taken.take(coder.consultation)
        response = db.session.get(Response, (coder.consultation.space_id, passage(id_).response_id))
        erase_one(response, IDENTITY, "The time has passed.", None)
        blank = "█" * len("ada@example.org")
        pieces = [f"Caf\u00e9 \U0001f333: write to {blank}.", "The road is too fast!"]
        assert shown(coder.consultation, id_) == pieces
        assert in_a_report(coder.consultation, id_, coded) == pieces


def test_of_words_that_are_gone_no_piece_of_the_mark_is_shown(said, coding):
    id_ = written_anew(said, coding)
    with coding() as (coder, passage):
        coded = coding_taken.take(coder.consultation)
        response = db.session.get(Response, (coder.consultation.space_id, passage(id_).response_id))
        erase(response, "They asked.", coder.by)
        assert shown(coder.consultation, id_) == ["[erased]", "[erased]"]
        assert in_a_report(coder.consultation, id_, coded) == ["[erased]", "[erased]"]
    assert Span("text", 0, 5).of({"text": "[erased]"}) == "[erased]"
    assert Span("suggested_change", 0, 5).of({"text": "left"}) == ""
