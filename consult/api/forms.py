"""The form for a token."""

import wtforms

from consult.api.models import DAYS
from consult.web.forms import Form, at_most, required


class TokenForm(Form):
    name = wtforms.StringField(
        "What is it for?",
        [required("Say what the token is for, such as “Our GIS”."), at_most(100, "The name")],
        description="You will know it by this name when you want to end it.",
    )
    spaces = wtforms.SelectMultipleField(
        "Which spaces may it read?", [required("Choose at least one space.")], coerce=str
    )
    acts = wtforms.SelectMultipleField(
        "What may it read there?",
        [required("Choose at least one thing that it may read.")],
        description="Never more than your own role allows.",
    )
    days = wtforms.RadioField(
        "How long does it last?",
        [required("Choose how long it lasts.")],
        choices=[(str(days), "A year" if days == 365 else f"{days} days") for days in DAYS],
        default="90",
    )
