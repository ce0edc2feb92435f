"""What may be sent about issues and decisions."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import wtforms

from consult import clock
from consult.issues.words import CHANGING, OUTCOMES
from consult.points.frame import Frame
from consult.web.days import DayField, a_day
from consult.web.forms import Form, at_most, required

LONGEST_TITLE: Final = 160
LONGEST_TEXT: Final = 5_000


class WordingForm(Form):
    title = wtforms.StringField(
        "What it is about",
        [required("Say in a few words what the issue is about."), at_most(LONGEST_TITLE, "The title")],
        description="Short: “Cars parked on the verges of Mill Lane”.",
    )
    summary = wtforms.TextAreaField(
        "What people said, in short",
        [at_most(LONGEST_TEXT, "The summary")],
        description="In your own words, and nobody’s name: it is published with the reply.",
    )


class IssueForm(WordingForm):
    themes = wtforms.SelectMultipleField(
        "Themes that it answers",
        description="With all that stands under them, and whatever is coded with them later.",
    )

    def __init__(self, frame: Frame, numbers: dict[UUID, int], taken: set[UUID]) -> None:
        super().__init__()
        free = [entry for entry in frame.matters if entry.id not in taken]
        self.themes.choices = [(str(e.id), f"{e.label} ({points(numbers.get(e.id, 0))})") for e in free]

    @property
    def chosen(self) -> set[UUID]:
        return {UUID(id_) for id_ in self.themes.data or ()}


def points(number: int) -> str:
    return "1 point" if number == 1 else f"{number:,} points"


class DecisionForm(Form):
    outcome = wtforms.RadioField(
        "What comes of it",
        [required("Choose what comes of it.")],
        choices=[(key, words) for key, words in OUTCOMES.items()],
    )
    reply = wtforms.TextAreaField(
        "The reply",
        [required("Write what you reply to those who said this."), at_most(LONGEST_TEXT, "The reply")],
        description="To everyone who raised this. It is published once it was agreed.",
    )
    reason = wtforms.TextAreaField(
        "The reason",
        [at_most(LONGEST_TEXT, "The reason")],
        description="Why the plan changes, or why it does not: an examiner will look for this.",
    )
    policy = wtforms.SelectField("The policy that it is about", validate_choice=True)
    change = wtforms.TextAreaField(
        "What changes in the plan",
        [at_most(LONGEST_TEXT, "What changes")],
        description="“Add to the second paragraph: …”. The page shows where the plan’s next version says it.",
    )

    def __init__(self, policies: list[Any], **given: Any) -> None:
        super().__init__(**given)
        self.policy.choices = [("", "None of them"), *((p.key, p.name) for p in policies)]

    def validate_reason(self, field: wtforms.Field) -> None:
        if self.outcome.data in ("no_change", "partly") and not field.data:
            raise wtforms.ValidationError("Give the reason why the plan does not do all that was asked for.")

    def validate_change(self, field: wtforms.Field) -> None:
        if self.outcome.data in CHANGING and not field.data:
            raise wtforms.ValidationError("Say what changes in the plan.")
        if self.outcome.data not in CHANGING and field.data:
            raise wtforms.ValidationError(
                "You chose that the plan does not change: choose otherwise, or empty this."
            )

    @property
    def words(self) -> dict[str, str]:
        names = ("outcome", "reply", "reason", "change")
        return {name: self[name].data or "" for name in names} | {"policy_key": self.policy.data or ""}


class AgreementForm(Form):
    day = DayField(
        "When was it agreed?", "The day", validators=[a_day("Give the day on which it was agreed.")]
    )
    minute = wtforms.StringField(
        "By which minute",
        [required("Name the meeting and the minute by which it was agreed."), at_most(200, "The minute")],
        description="“Committee of 14 May, minute 6.2”.",
    )

    def validate_day(self, field: DayField) -> None:
        today: date = clock.uk(clock.now()).date()
        if field.data and field.data > today:
            raise wtforms.ValidationError("Give the day on which it was agreed: it cannot lie ahead.")
