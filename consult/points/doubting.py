"""Reading first what the suggestions are least sure of: there a person's word teaches most."""

from dataclasses import replace
from uuid import UUID

from consult.consultations.models import Consultation
from consult.points import written
from consult.points.frame import frame_of
from consult.points.passages import DOUBT, Wanted
from consult.points.queue import Progress, beside, first, waiting
from consult.points.suggesting import learnt, weigh

ENOUGH = 20  # passages coded, before doubt says anything
LOOKED_AT = 500  # of those that wait, the first that came


def can_doubt(progress: Progress) -> bool:
    return progress.coded >= ENOUGH and progress.left > 1


def beginning(consultation: Consultation, wanted: Wanted) -> UUID | None:
    """The passage to begin with."""
    if wanted.order != DOUBT:
        return first(consultation, wanted)
    return most_doubtful(consultation, wanted)


def following(consultation: Consultation, wanted: Wanted, id_: UUID) -> UUID | None:
    """The passage to go on with after this one; by doubt, whatever is most doubtful by now and is not this one."""
    if wanted.order != DOUBT:
        return beside(consultation, wanted, id_)
    return most_doubtful(consultation, wanted, but=id_)


def most_doubtful(consultation: Consultation, wanted: Wanted, but: UUID | None = None) -> UUID | None:
    ids = waiting(consultation, replace(wanted, order=""), LOOKED_AT, but)
    if not ids:
        return None
    frame = frame_of(consultation.id)
    vectors = weigh(consultation, frame, ids, lambda some: written.of_passages(consultation, some))
    doubts = learnt(consultation, frame).ranking.doubt(vectors)
    return ids[int(doubts.argmax())]  # of equals the first that came
