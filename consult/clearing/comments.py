"""What somebody wrote on one question, or beside one place, as the unit that a person clears: with what the rules
propose to take out, what the privacy notice promises to keep back, and the decision that stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from consult.clearing import addresses, people, personal
from consult.clearing.models import CLEARED, ERASED, Clearance
from consult.clearing.personal import Span
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Answer, Place, Response

NAMES, REDACTED, SUMMARIES = "names", "redacted", "summaries"
RULE, PERSON, NOTICE = "rule", "person", "notice"  # what proposed it
NO_WORDS = ("file",)  # the answer's text is the name of a file, which nobody wrote as words
SHORTEST = 5  # characters of a detail that is looked for by itself: a shorter one stands in other words too


def publication_policy(consultation: Consultation) -> str:
    """As it was frozen at the opening; what we do not know publishes nobody's words."""
    return consultation.publication if consultation.publication in (NAMES, REDACTED) else SUMMARIES


@dataclass(frozen=True)
class Comment:
    """`parts` are its texts in normal form C, by the column that they stand in; `promised` is what the notice keeps
    back in each."""

    row: Answer | Place
    response: Response
    parts: dict[str, str]
    decision: Clearance | None = None
    promised: dict[str, list[Span]] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def is_cleared(self) -> bool:
        return self.decision is not None and self.decision.outcome == CLEARED

    @property
    def proposals(self) -> dict[str, list[Span]]:
        """What the rules would take out of each part, beside what is kept back in any case."""
        return {
            part: [span for span in personal.find(text) if not touches(span, self.promised.get(part, []))]
            for part, text in self.parts.items()
        }

    @property
    def details(self) -> dict[str, list[Span]]:
        """All of each part by which somebody could be known: what the rules mark, what was approved, and whoever sent
        it, by name too."""
        return {
            part: [*personal.find(text), *self.taken_out[part], *promised(self.response, text, REDACTED)]
            for part, text in self.parts.items()
        }

    @property
    def taken_out(self) -> dict[str, list[Span]]:
        """What was approved, by the decision that stands."""
        spans: dict[str, list[Span]] = {part: [] for part in self.parts}
        for redaction in self.decision.redactions if self.decision else ():
            span = Span(redaction.begins, redaction.ends, redaction.kind)
            spans.setdefault(redaction.part, []).append(span)
        return spans

    def public(self, part: str) -> str:
        """One part as everyone may read it, once it is cleared."""
        spans = [*self.taken_out.get(part, ()), *self.promised.get(part, ())]
        return personal.without(self.parts.get(part, ""), spans)

    def shown(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Each part in pieces: those with a kind are taken out, or would be."""
        spans = self.taken_out if self.is_cleared else self.proposals
        for part, text in self.parts.items():
            yield part, personal.pieces(text, [*spans[part], *self.promised.get(part, ())])


def touches(span: Span, others: list[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def parts_of(row: Answer | Place) -> dict[str, str]:
    """Only what somebody wrote; empty where they wrote nothing, or it was erased."""
    if row.question.kind in NO_WORDS:
        return {}
    names = ("words",) if isinstance(row, Place) else ("text", "suggested_change")
    texts = {name: personal.nfc(getattr(row, name)) for name in names}
    return {name: text for name, text in texts.items() if text and text != ERASED}


def promised(response: Response, text: str, policy: str) -> list[Span]:
    """Where the sender's own details stand in their words: the notice says that email, address and postcode are never
    published. Names are where the policy is names."""
    houses = [line for line in response.address.splitlines() if any(map(str.isdigit, line))]
    spans = [*stands(text, "email", response.email), *stands(text, "address", *houses)]
    spans += own_postcode(text, response.postcode)
    if policy != NAMES:
        spans += stands(text, "name", response.organisation, response.client)
        spans += [Span(*at, "name") for at in people.signed(text, personal.nfc(response.name))]
    return personal.apart(spans)


def stands(text: str, kind: str, *details: str) -> list[Span]:
    found = []
    for detail in details:
        words = personal.nfc(detail).strip(" .,;").split()
        if len("".join(words)) >= SHORTEST:
            pattern = r"\s+".join(map(re.escape, words))
            found += [Span(hit.start(), hit.end(), kind) for hit in re.finditer(pattern, text, re.IGNORECASE)]
    return found


def own_postcode(text: str, postcode: str) -> list[Span]:
    code = "".join(postcode.split()).upper()
    spans = [Span(start, end, "postcode") for start, end in addresses.postcodes(text)] if code else []
    return [span for span in spans if "".join(text[span.start : span.end].split()).upper() == code]


def comment_of(row: Answer | Place, response: Response, decision: Clearance | None) -> Comment:
    parts, policy = parts_of(row), publication_policy(response.consultation)
    kept = {part: promised(response, text, policy) for part, text in parts.items()}
    return Comment(row, response, parts, decision, kept)


def comments_of(response: Response) -> list[Comment]:
    """In the order of the questions, each with the decision that stands."""
    stands = decisions(sa.select(Clearance).where(Clearance.response_id == response.id))
    rows: list[Answer | Place] = [*response.answers, *response.places]
    rows.sort(key=lambda row: (row.question.position, isinstance(row, Place), row.position))
    return [comment_of(row, response, stands.get(row.id)) for row in rows if parts_of(row)]


def decisions(asked: sa.Select[Clearance]) -> dict[UUID, Clearance]:
    """The one that stands for each comment."""
    latest: dict[UUID, Clearance] = {}
    for clearance in db.session.scalars(asked.order_by(Clearance.number)):
        if clearance.comment_id is not None:
            latest[clearance.comment_id] = clearance
    return latest
