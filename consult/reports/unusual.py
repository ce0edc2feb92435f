"""What looked unusual in the way responses came, who looked at it and what was decided, as it stood at the snapshot.
Only numbers: which responses they were is for the body's own pages. Counts nothing itself."""

from collections.abc import Iterator

import sqlalchemy as sa

from consult.audit import Deed
from consult.database import db
from consult.feedback import tallies
from consult.feedback.board import names_of
from consult.flags.models import EXCLUDED, LEFT, NOTHING
from consult.flags.standing import Standing, doubted, flags_of
from consult.reports.document import Block, Table, Words
from consult.reports.material import Material

WAITING = "nobody has decided yet"
NOTED = "noted only, since sharing a network is normal"
SHORT = {NOTHING: "nothing wrong", LEFT: "counted and told of", EXCLUDED: "some set aside"}
HOW = (
    "How and when responses came was looked through for unusual patterns, by rules with fixed thresholds. Nothing was "
    "left out for being flagged: a person looked at each and decided."
)


def told(given: Material) -> Iterator[Block]:
    if not was_looked(given):
        return
    flags = flags_of(given.consultation, given.at)
    if not flags:
        yield Words(f"{HOW} Nothing unusual was found.")
        return
    yield Words(HOW)
    yield Table(
        "What was flagged, and what was decided",
        ["What was found: what was decided", "Responses"],
        [[f"{flag.rule.title}: {decided(flag)}", f"{len(flag.responses):,}"] for flag in flags],
    )
    yield from beside(given, flags)


def was_looked(given: Material) -> bool:
    made = sa.select(Deed.id).where(
        Deed.act == "flags.searched", Deed.subject == given.consultation.reference, Deed.at <= given.at
    )
    return db.session.scalar(made.limit(1)) is not None


def decided(flag: Standing) -> str:
    if flag.review is not None:
        return SHORT[flag.review.decision]
    return WAITING if flag.rule.looked_at else NOTED


def beside(given: Material, flags: list[Standing]) -> Iterator[Block]:
    """With and without those that are flagged, counted, and not cleared. In the public layer the headline only: what
    a few said could be worked out from two columns."""
    first, *stances = tallies.without(given.facts, doubted(flags))
    if first[0].responses == first[1].responses:
        yield Words("Nothing that is counted is in doubt, so there is one set of figures.")
        return
    names = names_of(given.facts)
    pairs = [] if given.public else [(names.get(one.key, one.key), one, other) for one, other in stances]
    rows = [[name, one.responses or 0, other.responses or 0] for name, one, other in pairs if one != other]
    yield Table(
        "The headline with and without what was flagged and not cleared",
        ["Figure", "As counted", "Without"],
        [
            ["Responses counted", f"{first[0].responses or 0:,}", f"{first[1].responses or 0:,}"],
            ["People they speak for", f"{first[0].people or 0:,}", f"{first[1].people or 0:,}"],
            *([str(name), f"{one:,}", f"{other:,}"] for name, one, other in rows),
        ],
    )
