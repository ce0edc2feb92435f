"""What an organiser writes to ask a question: only the fields that its kind has."""

from contextlib import closing
from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    validators,
)

from consult.consultations.questions.bounds import (
    Bounds,
    date_bounds,
    number_bounds,
    place_bounds,
    refused_options,
    scale_bounds,
)
from consult.consultations.questions.conditions import CAN_DECIDE, Condition, answers_to_choose
from consult.consultations.questions.kinds import ASKS_FOR_A_CHOICE, KINDS, NEVER_REQUIRED, WAYS, ways_of
from consult.consultations.questions.pictures import MOST_BYTES, QuestionPicture, media_type_of, picture_of
from consult.consultations.records import Question
from consult.web.days import DayField
from consult.web.forms import Form, at_most, required

STANCES = {
    "support": "Support",
    "support_with_changes": "Support with changes",
    "object": "Object",
    "comment": "Comment",
}
ONLY_OF = {  # the fields that only these kinds have
    "options": ASKS_FOR_A_CHOICE,
    "scale_from": ("scale",),
    "scale_to": ("scale",),
    "low": ("scale",),
    "high": ("scale",),
    "unit": ("number",),
    "least": ("number",),
    "most": ("number",),
    "whole": ("number",),
    "earliest": ("date",),
    "latest": ("date",),
    "ways": ("place",),
}
BOUNDS: dict[str, Bounds] = {
    "scale": scale_bounds,
    "number": number_bounds,
    "date": date_bounds,
    "place": place_bounds,
}


class QuestionForm(Form):
    kind = HiddenField(validators=[required("Choose what people answer with.")])
    title = TextAreaField("The question", [required("Enter the question."), at_most(300, "The question")])
    options = TextAreaField(
        "The answers to choose from, one on each line", [at_most(6000, "The list")], default=""
    )
    scale_from = StringField("It begins at", [at_most(3, "The first point")], default="1")
    low = StringField("In words (optional)", [at_most(60, "The words")], description="Such as “Not at all”.")
    scale_to = StringField("It ends at", [at_most(3, "The last point")], default="5")
    high = StringField("In words (optional) ", [at_most(60, "The words")], description="Such as “Very much”.")
    unit = StringField(
        "What is counted? (optional)",
        [at_most(30, "This")],
        description="Stands after the box, such as “homes” or “metres”.",
    )
    least = StringField("The smallest number allowed (optional)", [at_most(20, "The number")])
    most = StringField("The largest number allowed (optional)", [at_most(20, "The number")])
    whole = BooleanField("Whole numbers only")
    earliest = DayField("The first day allowed (optional)", "The first day")
    latest = DayField("The last day allowed (optional)", "The last day")
    ways = SelectMultipleField(
        "How may the place be given?",
        choices=[*WAYS.items()],
        description="Keep a way that needs no map: not everyone can use one.",
    )
    hint = TextAreaField(
        "A hint (optional)",
        [at_most(500, "The hint")],
        description="Shown under the question, in smaller letters.",
    )
    help = TextAreaField(
        "More help (optional)",
        [at_most(3000, "The help")],
        description="For whoever wants it: people open it under the question.",
    )
    required = BooleanField("Everybody has to answer it")
    asked_if = SelectMultipleField("Ask it only of those who answered", choices=[])
    picture = FileField(
        "A picture (optional)", description="PNG, JPEG or WebP, 2 MB at most. It stands above the answers."
    )
    picture_alt = StringField(
        "What the picture shows",
        [at_most(300, "This")],
        description="In words, for those who cannot see it. Needed with a picture.",
    )
    no_picture = BooleanField("Take the picture away")

    def __init__(self, kind: str, earlier: list[Question], question: Question | None = None) -> None:
        super().__init__(data=stored(question) if question else {"kind": kind, "ways": [*WAYS]})
        self.question, self.earlier = question, [q for q in earlier if q.kind in CAN_DECIDE]
        self.bounds: dict[str, Any] = {}
        self.new_picture: QuestionPicture | None = None
        for name, kinds in ONLY_OF.items():
            if kind not in kinds:
                del self[name]
        if kind in NEVER_REQUIRED:
            del self.required
        if question is None or question.picture is None:
            del self.no_picture
        self.asked_if.choices = [
            (f"{q.id}:{key}", f"{q.reference} {q.title[:80]} – {label}")
            for q in self.earlier
            for key, label in answers_to_choose(q, STANCES)
        ]

    @property
    def labels(self) -> list[str]:
        lines = (self.options.data or "").split("\n") if self.options else []
        return [line for line in (" ".join(line.split()) for line in lines) if line]

    @property
    def condition(self) -> Condition | None:
        pairs = [value.split(":", 1) for value in self.asked_if.data or ()]
        return Condition(UUID(pairs[0][0]), tuple(key for _, key in pairs)) if pairs else None

    @property
    def more(self) -> dict[str, Any]:
        """What a question has beside its kind, title, hint and answers."""
        return {
            "help": self.help.data or "",
            "required": bool(self.required.data) if self.required else False,
            "settings": self.bounds,
            "show_if": self.condition.written if self.condition else None,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for name, sentence in BOUNDS[self.kind.data](self) if self.kind.data in BOUNDS else ():
            self[name].errors = [*self[name].errors, sentence]
        return not self.errors

    def validate_kind(self, field: HiddenField) -> None:
        if field.data not in KINDS:
            raise ValidationError("Choose what people answer with.")

    def validate_options(self, field: TextAreaField) -> None:
        if sentence := refused_options(self.labels):
            raise ValidationError(sentence)

    def validate_asked_if(self, field: SelectMultipleField) -> None:
        if len({value.split(":", 1)[0] for value in field.data or ()}) > 1:
            raise ValidationError("Choose answers to one question only.")

    def validate_picture(self, field: FileField) -> None:
        if not field.data:
            return
        with closing(field.data):
            content = field.data.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise validators.StopValidation("The picture is larger than 2 MB. Save it smaller.")
        if not media_type_of(content):
            raise validators.StopValidation("Choose a PNG, JPEG or WebP picture.")
        self.new_picture = picture_of(content, self.picture_alt.data or "")

    def validate_picture_alt(self, field: StringField) -> None:
        stays = self.question is not None and self.question.picture is not None and not self.no_picture.data
        if (stays or self.picture.data) and not field.data:
            raise ValidationError("Say in words what the picture shows, for those who cannot see it.")

    def draw_on(self, question: Question) -> None:
        """Gives the question the picture that was sent, or takes it away, or brings its words up to date."""
        if self.new_picture or (self.no_picture and self.no_picture.data):
            question.picture = self.new_picture
        elif question.picture:
            question.picture.alt = self.picture_alt.data or ""


def stored(question: Question) -> dict[str, Any]:
    """The question as its form shows it."""
    settings, condition = question.settings or {}, question.condition
    said = {name: getattr(question, name) for name in ("kind", "title", "hint", "help", "required")}
    said |= {name: settings.get(name) for name in ("low", "high", "unit", "least", "most", "whole")}
    said |= {"scale_from": settings.get("from", 1), "scale_to": settings.get("to", 5)}
    said |= {name: as_day(settings.get(name)) for name in ("earliest", "latest")}
    return said | {
        "options": "\n".join(option["label"] for option in question.options or ()),
        "ways": list(ways_of(settings)),
        "picture_alt": question.picture_alt,
        "asked_if": [f"{condition.question}:{key}" for key in condition.any_of] if condition else [],
    }


def as_day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
