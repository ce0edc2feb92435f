"""What an organiser writes to set a consultation up."""

from datetime import date

from wtforms import RadioField, StringField, TextAreaField, ValidationError

from consult import clock
from consult.consultations.drafting import refused_reference
from consult.consultations.models import Consultation
from consult.consultations.opening import gate
from consult.consultations.stages import Stage
from consult.web.days import DayField, a_day
from consult.web.forms import Form, at_most, required


def title_field() -> StringField:
    return StringField(
        "Title",
        [required("Enter a title."), at_most(120, "The title")],
        description="What residents see first, such as “The future of Mill End: have your say”.",
    )


def summary_field() -> TextAreaField:
    return TextAreaField(
        "What is it about?",
        [required("Say in a few sentences what it is about."), at_most(3000, "The summary")],
        description="Say what can still change and what cannot. Leave an empty line between paragraphs.",
    )


class NewForm(Form):
    stage = RadioField(
        "What kind of consultation is it?", [required("Choose what kind of consultation it is.")]
    )
    title = title_field()
    summary = summary_field()
    reference = StringField(
        "Its short name in addresses (optional)",
        description="Small letters, numbers and hyphens. Leave it empty and we choose one, such as reg14.",
    )

    def __init__(self, stages: list[Stage]) -> None:
        super().__init__()
        kinds = [kind for stage in stages for kind in kinds_of(stage)]
        self.stage.choices = [(key, words) for key, words, _ in kinds]
        self.purposes = [purpose for *_, purpose in kinds]

    @property
    def kind(self) -> tuple[str, str]:
        """The stage and which kind of it."""
        stage, _, variant = str(self.stage.data).partition(".")
        return stage, variant

    def validate_reference(self, field: StringField) -> None:
        refuse(refused_reference(field.data) if field.data else "")


def kinds_of(stage: Stage) -> list[tuple[str, str, str]]:
    """A stage to choose, or each kind of it: its first kind is what the stage alone means."""
    if not stage.variants:
        return [(stage.key, stage.words, stage.purpose)]
    keys = [stage.key, *(f"{stage.key}.{variant.key}" for variant in stage.variants[1:])]
    named = [(f"{stage.words}: {variant.words.lower()}", variant.purpose) for variant in stage.variants]
    if stage.statutory:
        named[0] = (stage.words, stage.purpose)
    return [(key, words, purpose) for key, (words, purpose) in zip(keys, named, strict=True)]


class DetailsForm(Form):
    title = title_field()
    summary = summary_field()
    reference = StringField(
        "Its short name in addresses",
        [required("Enter a short name.")],
        description="Small letters, numbers and hyphens.",
    )

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(obj=consultation)
        self.consultation = consultation

    def validate_reference(self, field: StringField) -> None:
        if field.data != self.consultation.reference and self.consultation.announcement:
            raise ValidationError("It has been announced at this address, so the short name stays.")
        refuse(refused_reference(field.data, self.consultation))


class DatesForm(Form):
    opens_on = DayField(
        "When should it open? (optional)",
        "The opening day",
        description="It opens as that day begins, UK time. Leave it empty to open it yourself when you are ready.",
    )
    first_publicised = DayField(
        "When do people first hear of it? (optional)",
        "The day of first publicity",
        description="Only if leaflets, posters or letters go out before it opens. What is on record under Publicity "
        "takes the place of this.",
    )
    last_day = DayField(
        "What is the last day for responses?",
        "The last day",
        validators=[a_day("Enter the last day for responses.")],
    )

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(obj=consultation)
        self.stage, self.announced = consultation.kind, consultation.announcement is not None
        self.heard, self.set_up = consultation.heard, consultation.begun
        self.shown, on_record = consultation.shows_its_publicity, consultation.first_record is not None
        self.scheduled = consultation.scheduled
        if not self.stage.statutory or self.announced or on_record:
            del self.first_publicised
        if self.scheduled:
            del self.opens_on

    @property
    def begins(self) -> date:
        if self.scheduled:
            return clock.uk(self.scheduled.opens).date()
        return self.opens_on.data or clock.today()

    @property
    def heard_on(self) -> date | None:
        return self.first_publicised.data if self.first_publicised else self.heard

    @property
    def case(self) -> gate.Case:
        known = {"first_publicised": self.heard_on, "publicity_shown": self.shown}
        return gate.Case(self.stage, self.begins, self.set_up, **known, last_day=self.last_day.data)

    def validate_opens_on(self, field: DayField) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError("The opening day is in the past. Choose today or later, or leave it empty.")

    def validate_first_publicised(self, field: DayField) -> None:
        if field.data and field.data > self.begins:
            opens = gate.long(self.begins)
            raise ValidationError(
                f"People hear of it on {opens} at the latest, when it opens. Leave this empty, or change it."
            )
        refuse(" ".join(lack.sentence for lack in gate.publicity_on_record(self.case)))

    def validate_last_day(self, field: DayField) -> None:
        if field.data is None:
            return
        refuse(" ".join(lack.sentence for lack in gate.dates(self.case)))
        if (field.data - self.begins).days > 730:
            raise ValidationError("The last day is more than two years away. Check the year.")


class ExtensionForm(Form):
    last_day = DayField("The new last day", "The new last day", validators=[a_day("Enter the new last day.")])
    reason = TextAreaField(
        "Why?",
        [required("Say why it is extended: people are told."), at_most(500, "The reason")],
        description="One or two sentences. Everybody can read them on the consultation’s page.",
    )

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self.now_last = consultation.closing_day or clock.today()

    def validate_last_day(self, field: DayField) -> None:
        if field.data and field.data <= self.now_last:
            raise ValidationError(
                f"Choose a day after {gate.long(self.now_last)}: the last day can only become later."
            )
        if field.data and (field.data - self.now_last).days > 730:
            raise ValidationError("The new last day is more than two years later. Check the year.")


def refuse(sentence: str) -> None:
    if sentence:
        raise ValidationError(sentence)
