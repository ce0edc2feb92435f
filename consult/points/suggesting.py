"""What a consultation's own coding suggests for the next point. A suggestion is only shown: it counts from the moment
somebody accepts it, as a coding of the origin `accepted`.

What was learnt is kept by the process and depends on nothing but what the database holds, so that several workers
suggest the same. It is learnt anew after every move; words that were weighed once are not weighed again.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.clearing.models import Erasure
from consult.consultations.models import Consultation
from consult.database import db
from consult.points import written
from consult.points.frame import Entry, Frame
from consult.points.models import Coding, Move, Point, standing_codings, standing_points
from consult.points.ranking import Ranking, Vocabulary
from consult.responses.models import Response

Words = Callable[[list[UUID]], dict[UUID, str]]

MOST_SHOWN = 5
LISTENED_TO = (
    500  # responses, the first that came, that say how telling a word is; and as many passages of them
)
STEP = 50  # they are listened to again when so many more have come
MOST_KEPT = 4  # consultations that a process remembers


@dataclass(frozen=True, eq=False)
class Weighed:
    """Words as vectors, each weighed once; a new one is made when more are known, so that threads may share it."""

    vocabulary: Vocabulary
    rows: Any
    at: dict[UUID, int] = field(default_factory=dict)

    def of(self, ids: list[UUID]) -> Any:
        return self.rows[[self.at[id_] for id_ in ids]]

    def knowing(self, ids: Iterable[UUID], words: Words) -> "Weighed":
        unknown = [id_ for id_ in ids if id_ not in self.at]
        if not unknown:
            return self
        from scipy.sparse import vstack

        said = words(unknown)
        more = self.vocabulary.vectors([said.get(id_, "") for id_ in unknown])
        known = len(self.at)
        at = self.at | {id_: known + number for number, id_ in enumerate(unknown)}
        return Weighed(self.vocabulary, vstack([self.rows, more], format="csr"), at)


@dataclass(frozen=True, eq=False)
class Learnt:
    heard: tuple[int, int]  # how many responses were listened to, and how many responses had been erased
    move: UUID | None  # the last one that it takes into account
    weighed: Weighed
    uncoded: Any
    ranking: Ranking[UUID]


kept: OrderedDict[UUID, Learnt] = OrderedDict()


def suggested(consultation: Consultation, frame: Frame, words: str, but: Iterable[UUID] = ()) -> list[Entry]:
    """The themes that these words probably raise, best first; at most half of the frame, or it is no help."""
    raised, most = set(but), min(MOST_SHOWN, len(frame.matters) // 2)
    if not most:
        return []
    found = learnt(consultation, frame).ranking.suggest(words, most + len(raised))
    return [frame.by_id[each.theme] for each in found if each.theme not in raised][:most]


def learnt(consultation: Consultation, frame: Frame) -> Learnt:
    """From everything that was coded up to the last move."""
    heard, move = listening(consultation), last_move(consultation)
    before = kept.get(consultation.id)
    if before is None or (before.heard, before.move) != (heard, move):
        before = relearnt(consultation, frame, heard, move, before)
        kept[consultation.id] = before
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return before


def weigh(consultation: Consultation, frame: Frame, ids: list[UUID], words: Words) -> Any:
    """The vectors of these passages, which are weighed once as points are."""
    now = learnt(consultation, frame)
    weighed = now.weighed.knowing(ids, words)
    kept[consultation.id] = replace(now, weighed=weighed)
    return weighed.of(ids)


def relearnt(
    consultation: Consultation, frame: Frame, heard: tuple[int, int], move: UUID | None, before: Learnt | None
) -> Learnt:
    if before is not None and before.heard == heard:
        weighed, uncoded = before.weighed, before.uncoded
    else:
        texts = written.first_of(consultation, heard[0], LISTENED_TO)
        vocabulary = Vocabulary(texts)
        weighed, uncoded = Weighed(vocabulary, vocabulary.vectors([])), vocabulary.vectors(texts)
    raises = raised(consultation, frame)
    weighed = weighed.knowing(raises, written.of_points)
    themes = {entry.id: own_words(entry) for entry in frame.matters}
    coded = weighed.of(list(raises))
    ranking = Ranking(weighed.vocabulary, themes, coded, list(raises.values()), uncoded)
    return Learnt(heard, move, weighed, uncoded, ranking)


def listening(consultation: Consultation) -> tuple[int, int]:
    """Rounded, so that a consultation that is still open is not listened to again with every response. After an erasure
    it is: nothing that was learnt from those words stays."""
    came = db.session.scalar(
        sa.select(sa.func.count()).select_from(Response).where(Response.consultation_id == consultation.id)
    )
    erased = db.session.scalar(sa.select(sa.func.count()).select_from(Erasure)) or 0
    there = min(came or 0, LISTENED_TO)
    return there if there < STEP else there // STEP * STEP, erased


def last_move(consultation: Consultation) -> UUID | None:
    """By its id: a number is given a second time where what took it is rolled back."""
    last = (
        sa.select(Move.id)
        .where(Move.consultation_id == consultation.id)
        .order_by(Move.number.desc())
        .limit(1)
    )
    return db.session.scalar(last)


def raised(consultation: Consultation, frame: Frame) -> dict[UUID, set[UUID]]:
    """For each point that was read, the themes that it raises now, by their ids in an order that all agree on."""
    statement = (
        sa.select(Coding.point_id, Coding.theme_id)
        .join(Point, sa.and_(Point.id == Coding.point_id, Point.space_id == Coding.space_id))
        .where(Point.consultation_id == consultation.id, standing_points(), standing_codings())
        .order_by(Coding.point_id, Coding.theme_id)
    )
    found: dict[UUID, set[UUID]] = {}
    for point, theme in db.session.execute(statement):
        found.setdefault(point, set()).add(frame.stands_for(theme))
    return found


def own_words(entry: Entry) -> str:
    """What is said not to belong to a theme would only draw it nearer."""
    return "\n".join(filter(None, (entry.label, entry.definition, entry.includes)))
