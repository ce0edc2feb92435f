"""What an organiser writes about a site that somebody proposed."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField, ValidationError

from consult.plans.models import PlanVersion
from consult.plans.sites import KINDS
from consult.web.forms import Form, at_most, required

NAMED = "called"  # the starting question that asks what the site is called


class TakeOverForm(Form):
    reference = StringField(
        "Its reference in the plan",
        [required("Enter a reference, such as S1."), at_most(12, "The reference")],
    )
    name = StringField(
        "What the site is called", [required("Enter what the site is called."), at_most(100, "The name")]
    )
    kind = RadioField(
        "What is it considered for?",
        [required("Choose what it is considered for.")],
        choices=[(kind, kind[:1].upper() + kind[1:]) for kind in KINDS],
    )

    def __init__(self, version: PlanVersion | None) -> None:
        super().__init__()
        self.version = version

    @property
    def words(self) -> dict[str, str]:
        return {name: str(self[name].data) for name in ("reference", "name", "kind")}

    def propose(self, one: Any) -> None:
        """A reference that is free, and the name that they gave it."""
        taken = {site.reference.casefold() for site in self.version.sites} if self.version else set()
        self.reference.data = next(f"S{n}" for n in range(1, 1000) if f"s{n}" not in taken)
        self.name.data = next((text[:100] for title, text in one.words if NAMED in title.casefold()), "")

    def validate_reference(self, field: StringField) -> None:
        if self.version and self.version.site(field.data):
            raise ValidationError(f"There is already a site {field.data}. Give this one another reference.")


class AsideForm(Form):
    reason = TextAreaField(
        "Why is it set aside?",
        [required("Say why it is set aside: whoever proposed it may ask."), at_most(1000, "The reason")],
    )
