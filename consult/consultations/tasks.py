"""What is left to do before a consultation can open, as a list that a volunteer works down."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from consult.consultations import forms, words
from consult.consultations.gate import Lack
from consult.consultations.models import Consultation
from consult.web.forms import Form


@dataclass(frozen=True)
class Task:
    name: str  # in addresses
    title: str
    form: type[Any]

    @property
    def fields(self) -> list[str]:
        return [name for name in vars(self.form) if name in COLUMNS]


COLUMNS = set(Consultation.__table__.columns.keys())
TASKS = {
    task.name: task
    for task in (
        Task("details", "Title and what it is about", forms.DetailsForm),
        Task("dates", "Dates", forms.DatesForm),
        Task("publicity", "Where to see the plan, and how to respond", forms.PublicityForm),
        Task("contact", "Who to ask", forms.ContactForm),
        Task("privacy", "Privacy notice", forms.PrivacyForm),
    )
}


def form_of(task: Task, consultation: Consultation) -> Form:
    if task.name in ("details", "dates"):
        return task.form(consultation)
    return task.form(obj=consultation)


def steps(consultation: Consultation, lacking: list[Lack]) -> list[dict[str, Any]]:
    """The tasks in order, each done or not, with what it says so far."""
    wanting = {lack.task: lack.sentence for lack in lacking}
    listed = [
        step
        for step in every_step(consultation)
        if step["name"] != "publicity" or consultation.kind.on_the_plan
    ]
    for step in listed:
        step["done"] = step["name"] not in wanting and not step.pop("wanted", False)
        step["hint"] = wanting.get(step["name"], step["hint"])
        step["open"] = True
    return listed


def every_step(consultation: Consultation) -> list[dict[str, Any]]:
    asked = len(consultation.questions)
    said = {
        "details": consultation.title,
        "dates": dates(consultation),
        "publicity": "",
        "contact": consultation.contact_email or consultation.contact_phone,
        "privacy": "We have proposed one. Check it.",
    }
    found = [
        step(task.name, task.title, said[task.name], task_url(consultation, task.name))
        for task in TASKS.values()
    ]
    questions = url_for("consultations.questions", reference=consultation.reference)
    found.insert(2, step("questions", "Questions", f"{asked} question{'' if asked == 1 else 's'}", questions))
    found.append(consultees(consultation))
    found.append(publicity(consultation))
    if consultation.about_the_plan:
        found.insert(2, step("plan", "The draft plan", plan(consultation), url_for("plans.show")))
    return found


def step(name: str, text: str, hint: str, href: str) -> dict[str, Any]:
    return {"name": name, "text": text, "hint": hint, "href": href}


def consultees(consultation: Consultation) -> dict[str, Any]:
    number = len(consultation.consultees)
    hint = (
        f"{number} on the list." if number else "Nobody is on the list yet. Add whom you want to hear from."
    )
    if consultation.owes_a_copy:
        hint += " Your authority is owed a copy: record it when it is sent."
    return step("consultees", "Consultees", hint, page(consultation, "consultees"))


def publicity(consultation: Consultation) -> dict[str, Any]:
    """Nothing has to be on record for it to open, so this comes last: people may well hear of it before."""
    number = len(consultation.publicities)
    hint = f"{number} on record." if number else "Print a poster, and write down how people hear of it."
    return step("heard", "Publicity", hint, page(consultation, "publicity")) | {"wanted": not number}


def page(consultation: Consultation, name: str) -> str:
    return url_for(f"consultations.{name}", reference=consultation.reference)


def task_url(consultation: Consultation, name: str) -> str:
    return url_for("consultations.task", reference=consultation.reference, name=name)


def dates(consultation: Consultation) -> str:
    last = words.day(consultation.last_day) if consultation.last_day else "not set"
    opens = f"Opens on {words.day(consultation.opens_on)}. " if consultation.opens_on else ""
    return f"{opens}Last day: {last}."


def plan(consultation: Consultation) -> str:
    version = consultation.plan_shown
    if version is None:
        return ""
    number = len(version.policies)
    frozen = "frozen" if version.frozen else "frozen when this opens"
    return f"Version {version.number}, {number} {'policy' if number == 1 else 'policies'}; {frozen}."
