"""What is left to do before a consultation can open, as a list that a volunteer works down."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from consult.consultations import forms, said_forms, words
from consult.consultations.models import Consultation
from consult.consultations.opening.gate import Lack


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
        Task("publicity", "Where to see it, and how to respond", said_forms.PublicityForm),
        Task("modification", "What the modifications change", said_forms.ModificationForm),
        Task("statement", "The statement", said_forms.StatementForm),
        Task("contact", "Who to ask", said_forms.ContactForm),
        Task("data", "Who answers for the data", said_forms.DataForm),
        Task("privacy", "Privacy notice", said_forms.PrivacyForm),
    )
}


def asked_of(consultation: Consultation) -> list[Task]:
    """The tasks that this consultation has: some are asked at some stages alone."""
    wanted = {
        "publicity": consultation.kind.statutory,
        "modification": consultation.is_modification and consultation.kind.needs_area,
        "statement": consultation.asked_to_state is not None,
    }
    return [task for name, task in TASKS.items() if wanted.get(name, True)]


def steps(consultation: Consultation, lacking: list[Lack]) -> list[dict[str, Any]]:
    """The tasks in order, each done or not, with what it says so far."""
    wanting = {lack.task: lack.sentence for lack in lacking}
    listed = every_step(consultation)
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
        "contact": consultation.contact_email or consultation.contact_phone,
        "data": consultation.controller,
        "privacy": "We composed it from what you said of the data. Check it."
        if consultation.is_composed
        else "In your own words.",
    }
    found = [
        step(task.name, task.title, said.get(task.name, ""), task_url(consultation, task.name))
        for task in asked_of(consultation)
    ]
    questions = url_for("consultations.questions", reference=consultation.reference)
    found.insert(1, step("questions", "Questions", f"{asked} question{'' if asked == 1 else 's'}", questions))
    found.append(consultees(consultation))
    found.append(easy_read(consultation))
    found.append(publicity(consultation))
    if consultation.about_the_plan and not consultation.kind.for_an_authority:
        found.insert(1, step("plan", "The draft plan", plan(consultation), url_for("plans.show")))
    return found


def step(name: str, text: str, hint: str, href: str) -> dict[str, Any]:
    return {"name": name, "text": text, "hint": hint, "href": href}


def consultees(consultation: Consultation) -> dict[str, Any]:
    number = len(consultation.consultees)
    hint = (
        f"{number} on the list." if number else "Nobody is on the list yet. Add whom you want to hear from."
    )
    if consultation.owes_a_copy:
        hint += " Your authority gets a copy once it is open."
    return step("consultees", "Consultees", hint, page(consultation, "consultees"))


def easy_read(consultation: Consultation) -> dict[str, Any]:
    """Nobody has to write one, so nothing is said to be missing; but it is not done either."""
    number = len(consultation.easy_read)
    said = f"{number} sentence{'' if number == 1 else 's'}, each with a picture."
    hint = said if number else "For people who find reading hard. You may leave it out."
    return step("easy_read", "Easy Read version", hint, page(consultation, "easy_read_lines")) | {
        "wanted": not number,
        "optional": True,
    }


def publicity(consultation: Consultation) -> dict[str, Any]:
    """Nothing has to be on record for it to open, so this comes last: people may well hear of it before."""
    number = len(consultation.publicities)
    hint = f"{number} on record." if number else "Print a poster, and write down how people hear of it."
    return step("heard", "Publicity", hint, page(consultation, "publicity")) | {
        "wanted": not number,
        "optional": True,
    }


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
