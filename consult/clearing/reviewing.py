"""One response, comment by comment: what is taken out, what is withheld, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import wtforms
from flask import flash, redirect, render_template, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.clearing import deciding, hiding, personal
from consult.clearing.comments import SUMMARIES, Comment, comments_of, publication_policy, touches
from consult.clearing.models import CLEARED, WITHHELD
from consult.clearing.pages import pages, response_at
from consult.clearing.personal import Span
from consult.clearing.queue import next_waiting
from consult.responses.form.fields import OneOf, SomeOf
from consult.responses.models import Response
from consult.web.errors import Refused
from consult.web.forms import Form, at_most

OUTCOMES = (
    (CLEARED, "The comment, without what is ticked or written above"),
    (WITHHELD, "Nothing of this comment: it is abusive, may be libellous, or is not about the plan"),
    ("waiting", "Decide later"),
)
MOST_WORDS = 2000
PARTS = {"text": "", "suggested_change": "What they would change", "words": "Beside a place"}


@dataclass(frozen=True)
class Offered:
    """One thing that is marked in one part of a comment; `key` is what the form sends."""

    part: str
    span: Span
    words: str

    @property
    def key(self) -> str:
        return f"{self.part}:{self.span.start}:{self.span.end}"

    @property
    def label(self) -> str:
        return f"“{self.words}” ({personal.kind_in_words(self.span.kind)})"


def offered(comment: Comment) -> Iterator[Offered]:
    """What the rules mark, and what somebody took out earlier."""
    for part, text in comment.parts.items():
        spans = {(s.start, s.end): s for s in (*comment.taken_out[part], *comment.proposals[part])}
        for span in sorted(spans.values()):
            if span.end <= len(text) and not touches(span, comment.promised.get(part, [])):
                yield Offered(part, span, text[span.start : span.end])


class Decision:
    """The fields of one comment on the form."""

    def __init__(self, form: Any, comment: Comment) -> None:
        self.comment, self.offered = comment, list(offered(comment))
        name = comment.id.hex
        self.take, self.words = form[f"take-{name}"], form[f"words-{name}"]
        self.outcome, self.reason = form[f"outcome-{name}"], form[f"reason-{name}"]
        self.chosen = self.outcome.data if self.outcome.raw_data else ""  # unsaid is not cleared

    @property
    def spans(self) -> dict[str, list[Span]]:
        chosen = [each for each in self.offered if each.key in (self.take.data or ())]
        spans = {part: [each.span for each in chosen if each.part == part] for part in self.comment.parts}
        for line in self.lines:
            for part, text in self.comment.parts.items():
                spans[part] += personal.everywhere_in(text, line)
        return spans

    @property
    def lines(self) -> list[str]:
        lines = personal.nfc(self.words.data or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def is_wrong(self) -> bool:
        """Puts beside the field what is wrong with it."""
        absent = next((line for line in self.lines if not self.stands(line)), None)
        if absent is not None:
            self.words.errors = [
                f"“{absent[:60]}” does not stand in this comment. Write it exactly as it stands there."
            ]
        elif not self.reason.data and (
            self.chosen == WITHHELD or (self.chosen == CLEARED and any(self.spans.values()))
        ):
            self.reason.errors = ["Give the reason: it goes on record."]
        return bool(self.words.errors or self.reason.errors)

    def stands(self, line: str) -> bool:
        return any(line in text for text in self.comment.parts.values())

    def carry_out(self, by: Any) -> bool:
        if self.chosen == CLEARED:
            deciding.clear(self.comment, self.spans, self.reason.data, by)
        elif self.chosen == WITHHELD:
            deciding.withhold(self.comment, self.reason.data, by)
        elif not deciding.is_waiting(self.comment):
            deciding.reopen(self.comment, by)
        else:
            return False
        return True


def fields_of(comment: Comment) -> dict[str, Any]:
    name, listed = comment.id.hex, list(offered(comment))
    earlier = comment.decision.outcome if comment.decision else ""
    taken = [
        each.key for each in listed if not comment.is_cleared or each.span in comment.taken_out[each.part]
    ]
    return {
        f"take-{name}": SomeOf("Take out", [(each.key, each.label) for each in listed], default=taken),
        f"words-{name}": wtforms.TextAreaField(
            "Other words to take out",
            [at_most(MOST_WORDS, "What you write here")],
            description="Write them as they stand in the comment, each on a line of its own.",
        ),
        f"outcome-{name}": OneOf(
            "What may everyone read?",
            OUTCOMES,
            default=earlier if earlier in (CLEARED, WITHHELD) else CLEARED,
        ),
        f"reason-{name}": wtforms.StringField(
            "Reason, for the record",
            [at_most(500, "The reason")],
            default=deciding.PERSONAL_DETAILS if listed else "",
            description="Needed where something is taken out, or nothing is published.",
        ),
    }


def form_of(comments: list[Comment]) -> tuple[Any, list[Decision]]:
    fields = {name: field for comment in comments for name, field in fields_of(comment).items()}
    form = type("ReviewForm", (Form,), fields)()
    return form, [Decision(form, comment) for comment in comments]


@pages.get("/<space:space>/clearing/<uuid:response>")
@needs(Act.COMBINE)
def review(response: UUID) -> str:
    found = response_at(response)
    form, decisions = form_of(comments_of(found))
    return page(found, form, decisions)


def page(response: Response, form: Any, decisions: list[Decision]) -> str:
    return render_template(
        "clearing/review.html",
        response=response,
        consultation=response.consultation,
        hiding=hiding.hiding_of(response),
        form=form,
        decisions=decisions,
        parts=PARTS,
        summaries=publication_policy(response.consultation) == SUMMARIES,
    )


@pages.post("/<space:space>/clearing/<uuid:response>")
@needs(Act.COMBINE)
def decide(response: UUID) -> Any:
    found = response_at(response)
    found.take()
    if publication_policy(found.consultation) == SUMMARIES:
        raise Refused("This consultation publishes summaries only, so there is nothing to clear.")
    form, decisions = form_of(comments_of(found))
    valid = form.validate_on_submit()
    wrong = [decision for decision in decisions if decision.is_wrong()]
    if wrong or not valid:
        return page(found, form, decisions), 422
    decided = sum(decision.carry_out(me()) for decision in decisions)
    flash(
        f"{found.reference}: {decided} {'comment is' if decided == 1 else 'comments are'} decided.", "success"
    )
    following = next_waiting(found.consultation, found)
    if following is None:
        return redirect(url_for("clearing.queue", reference=found.consultation.reference), 303)
    return redirect(url_for("clearing.review", response=following.id), 303)
