"""The points as they were coded: where an answer was cut, each piece is a point of its own, with its themes and the
policy and stance that it was put to. The words are read where they stand; what is whose comes from the snapshot."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from consult.clearing.models import ERASED
from consult.feedback.coded import Coded, Piece
from consult.reports.points import Point

TEXT, CHANGE, WORDS = "text", "suggested_change", "words"  # the fields that a point may be a span of
ORDER = ("", TEXT, CHANGE, WORDS)


def as_coded(points: list[Point], coded: Coded) -> list[Point]:
    """In the order of the points; one that nobody has touched is as it was."""
    pieces, labels = by_passage(coded), labels_of(coded)
    return [each for point in points for each in cut(point, pieces, labels)]


def by_passage(coded: Coded) -> dict[UUID, list[Piece]]:
    pieces: dict[UUID, list[Piece]] = {}
    for piece in coded.pieces:
        pieces.setdefault(piece.passage, []).append(piece)
    return pieces


def labels_of(coded: Coded) -> dict[int, str]:
    return {number: theme.label for number, theme in coded.by_number.items()}


def cut(point: Point, pieces: dict[UUID, list[Piece]], labels: dict[int, str]) -> Iterator[Point]:
    mine = pieces.get(point.passage, []) if point.passage else []
    if not mine:
        yield point
    for piece in sorted(mine, key=lambda each: (ORDER.index(each.field), each.start)):
        policy, stance = piece.bearing or (point.policy, point.stance)
        comment, suggestion = words_of(point, piece)
        yield replace(
            point,
            number=f"{point.number}{piece.letter}",
            policy=policy,
            stance=stance,
            comment=comment,
            suggestion=suggestion,
            themes=tuple(labels[number] for number in piece.themes),
            is_borne=(policy, stance) != (point.policy, point.stance),
            id=piece.id,
        )


def words_of(point: Point, piece: Piece) -> tuple[str, str]:
    """(comment, suggested change) of the piece. Where words were erased since, its place in them is gone with them:
    then what stands there now is shown."""
    if piece.is_whole:
        return point.comment, point.suggestion
    now = point.suggestion if piece.field == CHANGE else point.comment
    said = now[piece.start : piece.end] if len(now) == piece.length and now != ERASED else now
    return ("", said) if piece.field == CHANGE else (said, "")
