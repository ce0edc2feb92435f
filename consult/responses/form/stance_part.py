"""The question that asks for a view on each policy."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext

from consult.responses.form.fields import OneOf, SomeOf, change_name, long_words, reason_name, stance_name
from consult.responses.form.frozen import Asked, Shown
from consult.responses.form.part import Part, complain
from consult.responses.receiving import Said
from consult.responses.words import STANCES


class Stances(Part):
    """A stance on each policy that the resident chooses to comment on. There are policies: the gate sees to that."""

    def __init__(self, question: Asked, policies: Sequence[Shown]) -> None:
        super().__init__(question)
        self.policies = policies

    def fields(self) -> Iterator[tuple[str, Any]]:
        ticks = [(policy.reference, f"{policy.reference} {policy.title}") for policy in self.policies]
        yield self.name, SomeOf(self.question.title, ticks, id=self.id)
        for number, policy in enumerate(self.policies):
            id_ = f"{self.id}-{number}"
            about = gettext("What do you think of %(policy)s?", policy=f"{policy.reference} {policy.title}")
            yield stance_name(self.name, policy.reference), OneOf(about, STANCES.items(), id=f"{id_}-stance")
            yield (
                reason_name(self.name, policy.reference),
                long_words(gettext("Your reasons"), id=f"{id_}-reason"),
            )
            yield (
                change_name(self.name, policy.reference),
                long_words(gettext("What you would change"), id=f"{id_}-change"),
            )

    def of(self, policy: Shown, form: Any) -> tuple[Any, Any, Any]:
        """The three fields about one policy."""
        reference = policy.reference
        return (
            form[stance_name(self.name, reference)],
            form[reason_name(self.name, reference)],
            form[change_name(self.name, reference)],
        )

    def is_filled(self, policy: Shown, form: Any) -> bool:
        return any(field.data for field in self.of(policy, form))

    def is_ticked(self, policy: Shown, form: Any) -> bool:
        return policy.reference in (form[self.name].data or ())

    def check(self, form: Any) -> None:
        for policy in self.policies:
            filled, ticked = self.is_filled(policy, form), self.is_ticked(policy, form)
            if ticked and not filled:
                stance = self.of(policy, form)[0]
                complain(
                    stance, gettext("Say what you think of %(ref)s, or untick it.", ref=policy.reference)
                )
            if filled and not ticked and not self.was_asked(policy, form):
                self.ask(policy, form)

    def was_asked(self, policy: Shown, form: Any) -> bool:
        return stance_name(self.name, policy.reference) in (form["asked"].data or "").split("|")

    def ask(self, policy: Shown, form: Any) -> None:
        """Filled in, but not ticked: neither dropped in silence nor sent against their will."""
        form["asked"].data = "|".join(
            filter(None, [form["asked"].data, stance_name(self.name, policy.reference)])
        )
        sentence = gettext(
            "You filled in something about %(ref)s, but it is not ticked. Tick it to send that too; "
            "if you leave it unticked, it will not be sent.",
            ref=policy.reference,
        )
        complain(form[self.name], sentence)

    def said(self, form: Any) -> list[Said]:
        return [
            Said(self.question.id, policy.id, stance=stance.data or "comment", text=reason.data or "",
                 suggested_change=change.data or "")
            for policy in self.policies
            if self.is_ticked(policy, form)
            for stance, reason, change in [self.of(policy, form)]
            if stance.data or reason.data or change.data
        ]  # fmt: skip
