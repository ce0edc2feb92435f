"""The forms of an area: its outline, the application, and the authority's decision on it."""

import wtforms
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from consult.web.days import DayField, a_day, decided
from consult.web.forms import Form, at_most, required

LONG = 10_000


class DraftForm(Form):
    """An outline, drawn or pasted (the map's editor writes into the same field), or a file."""

    outline = wtforms.TextAreaField(
        "The outline, as GeoJSON",
        description="Longitude and latitude, or National Grid metres. Drawing on the map fills this in.",
    )
    file = wtforms.FileField(
        "Or a file",
        description="GeoJSON, KML, KMZ, GML, GeoPackage, a zipped Shapefile, or CSV with WKT; up to 10 MB. "
        "If there are several shapes in it, you choose yours on the next page.",
    )

    @property
    def upload(self) -> FileStorage | None:
        given = self.file.data
        return given if isinstance(given, FileStorage) and given.filename else None


class Looking(Form):
    """A form that only looks, so it is sent with GET."""

    class Meta(Form.Meta):
        csrf = False


class LayerForm(Looking):
    """Which layer of an uploaded file is looked at: its place in the file, from 1."""

    layer = wtforms.RadioField("Which layer is your area in?")


class ShapesForm(Looking):
    """Which shapes of a layer are the area, and which are listed."""

    layer = wtforms.HiddenField()
    q = wtforms.StringField("Find a shape by its name")
    shape = wtforms.SelectMultipleField("Which shapes are your area?", validate_choice=False)


class ChosenForm(Form):
    """The shapes that become the outline; `repair` where its repair was accepted."""

    layer = wtforms.HiddenField()
    shape = wtforms.SelectMultipleField(validate_choice=False)
    repair = wtforms.HiddenField()


class StartForm(Looking):
    """What parish or ward is looked for."""

    q = wtforms.StringField("Find a parish or ward by its name", [at_most(100, "The name")])


class SettlingForm(Form):
    """An outline that is made of the newest: how, against which area on the register, and of which version; `seen` is
    the mark of what was shown."""

    seen = wtforms.HiddenField()
    how = wtforms.HiddenField()
    against = wtforms.HiddenField()
    of = wtforms.HiddenField()


class ComparingForm(Looking):
    """Which earlier outline a version is held against."""

    against = wtforms.SelectField("Compare with", validate_choice=False)


class ApplicationForm(Form):
    """`of` is the number of the outline that the applicant was shown."""

    of = wtforms.HiddenField()
    name = wtforms.StringField(
        "Name of the area",
        [required("Enter the name of the area."), at_most(200, "The name")],
        description="As it will stand on the register.",
    )
    why_appropriate = wtforms.TextAreaField(
        "Why this is the right area",
        [required("Explain why this is the right area for a plan."), at_most(LONG, "The explanation")],
        description="For instance what people share here: its centre, its schools, its history, its edges.",
    )
    relevant_body = wtforms.TextAreaField(
        "Why you are the body to apply",
        [required("Explain why you are the body to apply."), at_most(LONG, "The explanation")],
        description="Under section 61G of the Town and Country Planning Act 1990.",
    )


class DecisionForm(Form):
    on = DayField(
        "Day of the decision",
        "The day of the decision",
        validators=[a_day("Enter the day of the decision, such as 14 3 2027."), decided],
    )


class DesignationForm(DecisionForm):
    """`seen` is the mark of the outline that the officer was shown, where an edge is to be drawn."""

    reasons = wtforms.TextAreaField("Reasons, if you give any", [at_most(LONG, "The reasons")])
    edge = wtforms.RadioField(
        "What happens to the slivers",
        choices=[
            ("snap", "Draw the edge to that of the neighbours"),
            ("leave", "Leave them, for the reason below"),
        ],
        default="snap",
        validate_choice=False,
    )
    slivers = wtforms.TextAreaField(
        "Why the slivers are left",
        [at_most(LONG, "The explanation")],
        description="Only when you leave them.",
    )
    seen = wtforms.HiddenField()


WHY_SMALLER = "Give the reasons: the applicant is told why the area is smaller than applied for."


class SmallerForm(DraftForm):
    """A smaller area than applied for: what is cut back to the neighbours, or an outline of the officer's own."""

    which = wtforms.RadioField("Which area", choices=[], default="cut", validate_choice=False)
    on = DayField(
        "Day of the decision",
        "The day of the decision",
        validators=[a_day("Enter the day of the decision, such as 14 3 2027."), decided],
    )
    reasons = wtforms.TextAreaField(
        "Reasons",
        [required(WHY_SMALLER), at_most(LONG, "The reasons")],
        description="The applicant is told these, and they are published with the decision (regulation 7).",
    )
    slivers = wtforms.TextAreaField(
        "Why the slivers are left",
        [at_most(LONG, "The explanation")],
        description="Strips less than 1 metre wide that this outline shares with its neighbours.",
    )
    seen = wtforms.HiddenField()


class ModificationForm(DecisionForm):
    reasons = wtforms.TextAreaField(
        "Reasons",
        [
            required("Give the reasons: both bodies are told why the area is modified."),
            at_most(LONG, "The reasons"),
        ],
        description="Both bodies are told these, and they are published with the decision.",
    )
    seen = wtforms.HiddenField()


class RefusalForm(DecisionForm):
    reasons = wtforms.TextAreaField(
        "Reasons",
        [required("Give the reasons: the applicant is told them."), at_most(LONG, "The reasons")],
        description="The applicant is told these, and they are published with the decision.",
    )


class ConsentForm(Form):
    by_whom = wtforms.StringField(
        "Who consented",
        [required("Enter who consented, such as Ham Parish Council."), at_most(300, "This")],
        description="The council, and who wrote for it.",
    )
    on = DayField(
        "Day on which it consented",
        "The day of the consent",
        validators=[a_day("Enter the day of the consent, such as 14 3 2027."), decided],
    )
    evidence = wtforms.StringField(
        "By which minute or letter",
        [required("Enter the minute or the letter, such as minute 27/14."), at_most(300, "This")],
        description="So that the authority can ask for it.",
    )


class FilterForm(Looking):
    """What of the register is shown."""

    authority = wtforms.SelectField(_l("Authority"), default="")
    status = wtforms.SelectField(
        _l("Status"),
        default="",
        choices=[("", _l("All")), ("designated", _l("Designated")), ("applied", _l("Applied for"))],
    )
