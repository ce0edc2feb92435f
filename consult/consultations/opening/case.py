"""The case of a consultation before the gate: all that the rules look at, and what they find missing.

Pure: a `Case` in, `Lack`s out. `judging.py` gathers the case of a consultation, `gate.py` judges it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from consult.consultations.stages import Names, Stage

HOUSE = "house rule"  # of good practice or of this service, not of a regulation
GDPR = "UK GDPR, Article 13"  # what people are told when their data is collected


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: what asks for it (a regulation, an article or this house), a sentence, and the
    set-up task that mends it."""

    regulation: str
    sentence: str
    task: str = ""

    @property
    def in_full(self) -> str:
        """The sentence with what it stands on."""
        return f"{self.sentence} ({self.regulation[0].upper()}{self.regulation[1:]})"


@dataclass(frozen=True)
class Case:
    """All that the rules look at."""

    stage: Stage
    opens_on: date
    begun: date | None = None  # the day on which it was set up here
    admitted: bool = True
    not_qualifying: str = ""  # why the body is not a live qualifying body on that day
    designated: bool = True
    policies: int = 0
    asks_about_policies: bool = False
    questions: int = 0
    choices_without_options: tuple[str, ...] = ()
    where_to_see: str = ""
    how_to_respond: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    controller: str = ""
    lawful_basis: str = ""
    kept_until: str = ""
    publication: str = ""
    data_contact: str = ""
    privacy_notice: str = ""
    modification: bool = False
    changes_nature: str = ""
    changes_reasons: str = ""
    proposed: bool = False  # whether what an authority publicises was copied from what was handed to it
    mapped: bool = False  # whether its map came with it
    documents: int = 0  # that came with it
    names_bodies: bool = True  # whether its consultation statement names consultation bodies, or nobody knows
    taken_back: bool = False  # whether the body has withdrawn it
    whole_parish: bool = False  # whether a council applies for the whole of its parish
    statement: str = ""
    undecided: tuple[str, ...] = ()  # bodies of Schedule 1
    consultees: int = 0
    to_confirm: int = 0  # decisions copied from an earlier consultation
    first_publicised: date | None = None
    publicity_shown: bool = False  # whether that day stands on a record with evidence
    last_day: date | None = None

    @property
    def names(self) -> Names | None:
        return self.stage.named(self.opens_on)

    @property
    def publicity(self) -> date:
        return publicity(self.first_publicised, self.opens_on)

    @property
    def earliest_last_day(self) -> date:
        return earliest(self.stage, self.publicity, self.opens_on)


def publicity(first_publicised: date | None, opens_on: date) -> date:
    """The day of first publicity: the day given, but never after the opening, which is publicity itself."""
    return min(first_publicised or opens_on, opens_on)


def earliest(stage: Stage, publicised: date, opens_on: date) -> date:
    """The first lawful last day. A consultation runs to the END of its last day, and for a day at the very least."""
    counted = publicised + timedelta(days=stage.shortest_days) if stage.statutory else opens_on
    return max(counted, opens_on + timedelta(days=1))


def long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
