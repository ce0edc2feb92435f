"""What is written into the plan in words: a section, a policy."""

from typing import Any, Final

from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from consult.plans.forms import refuse_odd
from consult.plans.models import PlanVersion, Policy, Section
from consult.plans.wording import too_long
from consult.web.forms import Form, at_most, required

# A response says `q1.H1.reason` of policy H1: a policy called H1.reason would be taken for it.
TAKEN_ENDINGS: Final = {"reason", "change", "support", "object", "comment"}
LEVELS: Final = [("1", "A section"), ("2", "Within a section, as 1.1"), ("3", "Deeper, as 1.1.1")]
MOST_OF_A_SECTION: Final = 60_000
MOST_OF_A_POLICY: Final = 30_000
LAST: Final = "last"
MARKS: Final = (
    "Leave an empty line between paragraphs. **bold**, *italic*, “- ” before a point, “1. ” before a number, "
    "[words](https://…) for a link."
)


class Worded(Form):
    """Words that two people may write at once: `seen` is the mark of what stood there when this one began."""

    seen = HiddenField()

    def validate_text(self, field: TextAreaField) -> None:
        if field.data and too_long(field.data):
            raise ValidationError(
                "Its tables are too large for a page: make them smaller, or add a document."
            )


class SectionForm(Worded):
    title = StringField("Heading", [required("Enter the section’s heading."), at_most(150, "The heading")])
    text = TextAreaField("Its words", [at_most(MOST_OF_A_SECTION, "The section")], description=MARKS)
    level = RadioField("How deep does it stand?", choices=LEVELS, default="1")
    after = SelectField("Where does it stand?", default=LAST)

    def __init__(self, version: PlanVersion | None, section: Section | None = None) -> None:
        said = {"title": section.title, "text": section.text, "level": str(section.level)} if section else {}
        super().__init__(data=said | {"seen": section.mark if section else ""})
        numbered = [(e.section.key, f"After {e.number} {e.section.title}") for e in parts_of(version)]
        self.after.choices = [(LAST, "At the end"), *numbered]
        if section:
            del self.after

    @property
    def words(self) -> dict[str, Any]:
        return {"title": self.title.data, "text": self.text.data or "", "level": int(self.level.data)}


class PolicyForm(Worded):
    reference = StringField(
        "Reference",
        [required("Enter the policy’s reference, such as H1."), at_most(20, "The reference")],
        description="As in your plan, such as H1 or ENV-2.",
    )
    title = StringField("Title", [required("Enter the policy’s title."), at_most(150, "The title")])
    summary = TextAreaField(
        "In plain English",
        [at_most(600, "The summary")],
        description="One or two sentences. Residents read this first, when they choose what to comment on.",
    )
    text = TextAreaField(
        "The policy itself",
        [at_most(MOST_OF_A_POLICY, "The policy")],
        description=f"Write its wording here, or paste it. {MARKS}",
    )
    section = SelectField("Section that it stands in", default="")
    sites = SelectMultipleField(
        "Land that it is about", description="Choose none where it is about the whole area."
    )
    key = HiddenField()  # which policy, where somebody else has changed its reference meanwhile

    def __init__(self, version: PlanVersion | None, policy: Policy | None = None) -> None:
        super().__init__(data=said_of(version, policy) if policy else None)
        numbered = [(e.section.key, f"{e.number} {e.section.title}") for e in parts_of(version)]
        self.section.choices = [("", "None"), *numbered]
        self.sites.choices = [(str(site.land_id), site.title) for site in (version.sites if version else [])]
        others = version.policies if version else []
        self.taken = {other.reference.casefold() for other in others if other is not policy}
        self.offers = {"section": bool(numbered), "sites": bool(self.sites.choices)}

    def validate_reference(self, field: StringField) -> None:
        refuse_odd(field)
        refuse_ending(field.data)
        if field.data.casefold() in self.taken:
            raise ValidationError(f"There is already a policy {field.data}. Give this one another reference.")

    @property
    def words(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in ("reference", "title", "summary", "text")}


def refuse_ending(reference: str) -> None:
    ending = reference.rpartition(".")[2]
    if ending.casefold() in TAKEN_ENDINGS:
        raise ValidationError(f"A reference cannot end in “{ending}”: responses use that word themselves.")


def parts_of(version: PlanVersion | None) -> list[Any]:
    return [entry for entry in version.outline() if entry.section] if version else []


def said_of(version: PlanVersion | None, policy: Policy) -> dict[str, Any]:
    sections = {section.id: section.key for section in (version.sections if version else [])}
    said = {name: getattr(policy, name) for name in ("reference", "title", "summary", "text", "key")}
    return said | {
        "seen": policy.mark,
        "section": sections.get(policy.section_id, "") if policy.section_id else "",
        "sites": [str(site.land_id) for site in policy.sites],
    }
