"""WTForms' own sentences, as a person reads them."""

import pytest
import wtforms

from consult.web.forms import Form, at_most


class Asked(Form):
    some = wtforms.SelectMultipleField(choices=[("a", "A"), ("b", "B")])
    word = wtforms.StringField(validators=[wtforms.validators.Optional(), wtforms.validators.Length(min=3)])


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"some": ["a", "nonsense"]}, "some", "Choose one of the answers that are offered."),
        ({"some": ["nonsense", "more"]}, "some", "Choose one of the answers that are offered."),
        ({"word": "ab"}, "word", "Field must be at least 3 characters long."),
    ],
)
def test_a_forged_or_short_answer_gets_a_sentence(app, sent, field, sentence):
    with app.test_request_context(method="POST", data=sent):
        form = Asked()
        assert not form.validate()
        assert form[field].errors == [sentence]


def test_what_is_too_long_may_have_a_sign_for_per_cent_in_its_name(app):
    class Long(Form):
        homes = wtforms.StringField(validators=[at_most(3, "“Are 100% new homes right?”")])

    with app.test_request_context(method="POST", data={"homes": "four"}):
        form = Long()
        assert not form.validate()
        assert form.homes.errors == ["“Are 100% new homes right?” must be 3 characters or fewer."]
