"""What an organiser writes for one sentence of an Easy Read version."""

from contextlib import closing

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField, ValidationError, validators

from consult.consultations.easy_read.sentences import EasyReadLine
from consult.consultations.questions.pictures import MOST_BYTES, media_type_of
from consult.web.forms import Form, at_most, required

MOST_WORDS = 40  # two sentences that are long already


class EasyReadForm(Form):
    words = TextAreaField(
        "The sentence",
        [required("Write the sentence."), at_most(300, "The sentence")],
        description="One idea. Short words, about ten to fifteen of them. Say “you” and “we”.",
    )
    picture = FileField(
        "The picture beside it",
        description="PNG, JPEG or WebP, 2 MB at most. One that shows what the words say.",
    )
    alt = StringField(
        "What the picture shows",
        [required("Say in words what the picture shows, for those who cannot see it."), at_most(300, "This")],
        description="In words, for those who cannot see it.",
    )

    def __init__(self, line: EasyReadLine | None = None) -> None:
        super().__init__(obj=line)
        self.line = line
        self.content: bytes | None = None

    def validate_words(self, field: TextAreaField) -> None:
        number = len(field.data.split())
        if number > MOST_WORDS:
            raise ValidationError(
                f"This has {number} words. Make it {MOST_WORDS} at most, or write two sentences, each with its picture."
            )

    def validate_picture(self, field: FileField) -> None:
        if not field.data:
            if self.line is None:
                raise validators.StopValidation(
                    "Choose a picture: each sentence of an Easy Read version has one."
                )
            return
        with closing(field.data):
            content = field.data.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise validators.StopValidation("The picture is larger than 2 MB. Save it smaller.")
        if not media_type_of(content):
            raise validators.StopValidation("Choose a PNG, JPEG or WebP picture.")
        self.content = content
