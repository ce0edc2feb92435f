"""What may be sent about reports."""

import wtforms

from consult.clearing import personal
from consult.reports.own_words import LONGEST_TEXT, LONGEST_TITLE, Part
from consult.web.forms import Form, at_most

LOOK_AGAIN = "It holds what looks personal: {}. Take it out, or say below that you have looked at it."


class OwnWordsForm(Form):
    text = wtforms.TextAreaField(
        "Your words",
        [at_most(LONGEST_TEXT, "This")],
        description="An empty line begins a new paragraph. Please quote nobody here who has not agreed to it.",
    )
    public = wtforms.BooleanField("Show it in the public version too")
    looked = wtforms.BooleanField("I have looked at what seems personal: everyone may read it")

    def validate_text(self, field: wtforms.Field) -> None:
        """A person decides about what the rules mark."""
        found = [span for span in personal.find(field.data or "") if self.public.data]
        self.seems_personal = bool(found)
        if found and not self.looked.data:
            named = dict.fromkeys(f"“{field.data[span.start : span.end]}”" for span in found)
            raise wtforms.ValidationError(LOOK_AGAIN.format(", ".join(list(named)[:3])))

    seems_personal = False


class OwnTitleForm(OwnWordsForm):
    text = wtforms.StringField(
        "The title of the statement",
        [at_most(LONGEST_TITLE, "The title")],
        description="Without one it is “Consultation statement”.",
    )


def form_for(part: Part) -> OwnWordsForm:
    words = part.words
    data = {"text": words.text if words else "", "public": bool(words and words.public)}
    return (OwnTitleForm if part.is_title else OwnWordsForm)(data=data)
