"""What is chosen and written for a submission, and what the authority answers."""

from typing import Any

import wtforms
from flask_wtf.file import FileField, FileRequired
from wtforms import ValidationError, validators

from consult import clock
from consult.spaces import law
from consult.submitting import drafting
from consult.submitting.completeness import CONDITIONS
from consult.submitting.models import SubmissionDraft
from consult.web import files_taken
from consult.web.days import DayField, a_day, decided
from consult.web.files_taken import MORE, TEXTS, Taken
from consult.web.forms import Form, at_most, optional, required


class KindForm(Form):
    kind = wtforms.RadioField(
        "What do you submit?",
        [required("Choose what you submit.")],
        choices=[
            ("plan", "A new neighbourhood plan (a plan proposal)"),
            ("modification", "Changes to a plan that is made (a modification proposal)"),
        ],
    )
    changes_nature = wtforms.RadioField(
        "Are the changes so significant or substantial as to change the nature of the plan?",
        [optional()],
        choices=[("yes", "Yes"), ("no", "No")],
        description="For a modification proposal only: your own opinion. The authority and the examiner give theirs.",
    )
    modification = wtforms.TextAreaField(
        "Reasons for that opinion",
        [at_most(20_000, "The reasons")],
        description="For a modification proposal only (regulation 15(1)(f)).",
    )


class StatementForm(Form):
    report = wtforms.RadioField("Which consultation statement?", [optional()])

    def offer(self) -> None:
        self.report.choices = [
            (
                str(report.id),
                f"Public version, {clock.uk(report.at):%-d %B %Y}",
            )
            for report in drafting.reports()
        ]
        self.report.choices.append(("none", "None of these: I add my own as a file"))


def conditions_form(said: SubmissionDraft) -> Form:
    """A box for each basic condition of the list that is answered, and the choice between the lists."""
    file = CONDITIONS[said.kind]
    now = drafting.conditions_of(said)

    class ConditionsForm(Form):
        conditions_from = wtforms.RadioField(
            "Which list applies?",
            [required("Choose the list.")],
            choices=[(one.since.isoformat(), one.title) for one in law.lists(file)],
            default=now.since.isoformat(),
            description=now.check
            or "The newest list applies unless a transitional provision says otherwise.",
        )

    for point in now.points:
        words = " ".join(
            part for part in (f"“{point.wording}” ({point.where}).", point.note, point.check) if part
        )
        answer = wtforms.TextAreaField(
            point.name,
            [at_most(20_000, "The answer")],
            description=words,
            default=said.conditions.get(point.key),
        )
        setattr(ConditionsForm, point.key, answer)
    return ConditionsForm()


class EnvironmentForm(Form):
    environment = wtforms.RadioField(
        "Is there an environmental report?",
        [required("Choose one.")],
        choices=[
            ("report", "Yes: I add it as a file"),
            (
                "none",
                "No: it was determined that the plan is unlikely to have significant environmental effects",
            ),
        ],
    )
    determined_on = DayField(
        "Day of the determination",
        "The day of the determination",
        validators=[decided],
        description="Of the screening under regulation 9(1) of the Environmental Assessment of Plans and Programmes "
        "Regulations 2004. Your authority most often makes it.",
    )
    reasons = wtforms.TextAreaField(
        "Reasons for the determination",
        [at_most(20_000, "The reasons")],
        description="As the determination gives them. You can add the determination itself as a file.",
    )


class FileForm(Form):
    file = FileField(
        "The file",
        [FileRequired("Choose a file.")],
        description="PDF, Word, Excel, OpenDocument, JPEG or PNG, 10 MB at most.",
    )
    taken: Taken

    def validate_file(self, field: FileField) -> None:
        kinds = TEXTS | MORE
        self.taken = files_taken.take(field.data, kinds, "PDF, Word, Excel, OpenDocument, JPEG or PNG")
        if self.taken.refusal:
            raise validators.StopValidation(self.taken.refusal)


class ReplyForm(Form):
    outcome = wtforms.RadioField(
        "Has all of it come?",
        [required("Choose one.")],
        choices=[("complete", "Yes, it is complete"), ("incomplete", "No, something is missing")],
    )
    missing = wtforms.SelectMultipleField("What is missing")
    words = wtforms.TextAreaField("What the body should know", [at_most(5_000, "This")])
    on = DayField("Day", "The day", validators=[a_day("Enter the day, such as 14 3 2027."), decided])

    def offer(self, items: list[dict[str, Any]]) -> None:
        self.missing.choices = [(each["key"], f"{each['title']} ({each['regulation']})") for each in items]

    def validate_words(self, field: wtforms.Field) -> None:
        if self.outcome.data == "incomplete" and not (field.data or self.missing.data):
            raise ValidationError("Say what is missing: choose it from the list, or write it.")
