"""What officers write on the way to the examiner."""

from datetime import timedelta

import wtforms
from flask_wtf.file import FileField
from wtforms import ValidationError

from consult import clock
from consult.accounts.forms import email_field
from consult.examining.reading import CAPACITIES
from consult.spaces.forms import a_line
from consult.web import files_taken
from consult.web.days import DayField, a_day
from consult.web.files_taken import Taken
from consult.web.forms import Form, required

LONGEST = timedelta(
    days=2 * 365
)  # an examination takes months; an access that nobody ends should end by itself


class ReaderForm(Form):
    called = a_line("Name", "The name", 100, required("Enter the name."))
    email = email_field(
        description="They sign in with a code that we send there. Only this address can fetch it."
    )
    capacity = wtforms.RadioField(
        "They are", [required("Choose who they are.")], choices=list(CAPACITIES.items())
    )
    until = DayField(
        "Last day on which they may fetch it",
        "The last day",
        validators=[a_day("Enter the last day, such as 14 3 2027.")],
        description="You can stop it sooner.",
    )

    def validate_until(self, field: DayField) -> None:
        if field.data is None:
            return
        if field.data < clock.today():
            raise ValidationError("The last day must be today or later.")
        if field.data > clock.today() + LONGEST:
            raise ValidationError(
                "The last day can be two years ahead at most. You can name them again later."
            )


class DocumentForm(Form):
    title = a_line("What it is", "What it is", 150, required("Say what it is."))
    file = FileField("The document", description="PDF, Word or OpenDocument, 10 MB at most.")
    taken: Taken | None = None

    def validate_file(self, field: FileField) -> None:
        if not (field.data and field.data.filename):
            raise ValidationError("Choose the document.")
        self.taken = files_taken.take(field.data)
        if self.taken.refusal:
            raise ValidationError(self.taken.refusal)
