"""What an organiser writes for everyone to read before they answer: where to see it, whom to ask, whose the data is."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField, ValidationError

from consult.consultations.models import Consultation
from consult.consultations.opening.data_rules import listed
from consult.consultations.personal_data.data_protection import data_protection
from consult.spaces.models import standing
from consult.web.emails import an_email
from consult.web.forms import Form, at_most, required


class SaidForm(Form):
    """A form about one consultation, filled in from it."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(obj=consultation)
        self.consultation = consultation


class PublicityForm(SaidForm):
    where_to_see = TextAreaField(
        "Where and when can people look at it?",
        [required("Say where and when people can look at it."), at_most(2000, "This")],
        description="Such as “On this page at any time, and at Mill End library, Monday to Saturday, 9am to 5pm”.",
    )
    how_to_respond = TextAreaField(
        "How can people respond?",
        [required("Say how people can respond."), at_most(2000, "This")],
        description="Give a way on paper as well: not everyone is online.",
    )

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(consultation)
        if not self.is_submitted() and not self.where_to_see.data:
            address = " ".join(consultation.contact_address.split("\n"))
            at = f", and on paper at {address}" if address else ""
            self.where_to_see.data = f"On this page at any time{at}."


class ContactForm(SaidForm):
    contact_email = StringField("Email address", [at_most(200, "The email address")])
    contact_phone = StringField("Telephone", [at_most(50, "The telephone number")])
    contact_address = TextAreaField("Postal address", [at_most(500, "The address")])

    def validate_contact_email(self, field: StringField) -> None:
        ways = {
            "an email address": field.data,
            "a telephone number": self.contact_phone.data,
            "a postal address": self.contact_address.data,
        }
        missing = [way for way, given in ways.items() if not given]
        if self.consultation.kind.statutory and missing:
            raise ValidationError(f"Give {listed(missing)}, so that everyone can reach you.")
        if len(missing) == len(ways):
            raise ValidationError("Give at least one way to reach you.")
        if field.data:
            an_email(self, field)


class DataForm(SaidForm):
    controller = StringField(
        "Who is the data controller?",
        [required("Name the data controller."), at_most(200, "The name")],
        description="Whoever decides what is done with what people send, and answers for it. Usually you, by your "
        "full name.",
    )
    lawful_basis = RadioField(
        "On which lawful basis may you use it?",
        [required("Choose the lawful basis on which you may use it.")],
    )
    kept_until = TextAreaField(
        "We keep responses until …",
        [required("Say until when responses are kept."), at_most(500, "This")],
        description="An event or a date, such as “the plan is made” or “31 December 2029”.",
    )
    publication = RadioField("How are comments published?", [required("Choose how comments are published.")])
    data_contact = StringField(
        "Whom can people ask about their data?",
        [required("Say whom people can ask about their data."), at_most(200, "The contact")],
        description="An email address, or a name and telephone number. A data protection officer, where you have one.",
    )

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(consultation)
        known = data_protection()
        bases = known.bases_for(standing().kind)
        self.lawful_basis.choices = [(each.key, f"{each.name} ({each.article})") for each in bases]
        self.publication.choices = [(each.key, each.name) for each in known.publications]
        self.meanings = {
            "lawful_basis": [each.means for each in bases],
            "publication": [each.means for each in known.publications],
        }
        if not self.is_submitted() and not self.data_contact.data:
            self.data_contact.data = consultation.contact_email

    def validate_kept_until(self, field: TextAreaField) -> None:
        field.data = (field.data or "").rstrip(" .")


class PrivacyForm(SaidForm):
    privacy_notice = TextAreaField(
        "Privacy notice",
        [required("Write what happens to what people send."), at_most(8000, "The notice")],
        description="We composed it from what you said of the data. Check that this is what you will do. It is kept "
        "with every response as it was shown.",
    )


class ModificationForm(SaidForm):
    changes_nature = RadioField(
        "Do the modifications change the nature of the plan that they modify?",
        [required("Say whether the modifications change the nature of the plan.")],
        choices=[("yes", "Yes, they change its nature"), ("no", "No, its nature stays")],
    )
    changes_reasons = TextAreaField(
        "Why do you think so?",
        [required("Give your reasons: regulation 14(a)(v) asks for them."), at_most(4000, "The reasons")],
        description="Everyone reads this on the consultation’s page.",
    )


class StatementForm(SaidForm):
    statement = TextAreaField(
        "The statement that the regulation asks for",
        [required("Write the statement that the regulation asks for."), at_most(2000, "The statement")],
        description="We propose the words. Everyone reads them on the consultation’s page.",
    )


def meanings_of(form: Any, name: str) -> list[dict[str, Any]]:
    """Each choice of a field with what it means, as the widget draws them."""
    return [{"hint": {"text": words}} for words in getattr(form, "meanings", {}).get(name, ())]
