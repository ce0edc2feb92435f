"""The demo's consultations: one in each stage, set up, announced, opened and closed as an organiser would."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations import drafting
from consult.consultations.models import Consultation
from consult.consultations.questions.conditions import Condition
from consult.database import db
from consult.demo import consultees, easy_read, land, past, people
from consult.demo.district import Area, District
from consult.demo.hearing import key_of
from consult.demo.voices import DAYS_OPEN, Question, Stage, plan_for, questions_for
from consult.plans.models import PlanVersion, draft_version
from consult.responses import manner
from consult.spaces.models import Space

DRAFTED_DAYS_BEFORE = 14
ANNOUNCED_DAYS_BEFORE = 6
WHERE_TO_SEE: Final = "On this page, and on paper at {place}: weekdays 10am to 4pm, Saturdays 10am to noon."
POLICIES_TITLE: Final = "Our policies"
POLICIES_WORDS: Final = (
    "Each policy is set apart below, with a summary beside it. **The words in the box** are what decisions will be "
    "made on; the summary only says what they mean."
)
ON_LAND: Final = {"housing-sites": "housing allocation", "green": "local green space"}  # by a policy’s topic


@dataclass(frozen=True)
class Scene:
    """One consultation of the demo. `opened` is days ago; a scene without it is still a draft."""

    space: str
    stage: Stage
    reference: str
    title: str
    summary: str
    opened: int | None
    voices: int = 0
    campaign: int = 0

    @property
    def days(self) -> int:
        return DAYS_OPEN[self.stage]

    @property
    def first_day(self) -> date:
        assert self.opened is not None
        return past.day(self.opened)

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)


SCENES: Final = (
    Scene(
        "highfold",
        "regulation_14",
        "reg14",
        "The draft Highfold plan",
        "After four years of evenings, this is our draft plan: where homes may go, what stays green, and how we "
        "get up the hill. Tell us what to keep and what to change.",
        opened=75,
        voices=180,
        campaign=25,
    ),
    Scene(
        "nether-tarrow",
        "regulation_14",
        "reg14",
        "The draft plan for Nether Tarrow",
        "The parish council’s draft plan to 2041. Every household has had a summary; the whole of it is here and in "
        "the parish room. Please tell us what you think of each policy that matters to you.",
        opened=19,
        voices=160,
    ),
    Scene(
        "station-fields",
        "early_engagement",
        "early",
        "What should Station Fields become?",
        "Nothing is decided and nothing is written. Tell us what you love here, what you would change, and which "
        "places you mean.",
        opened=16,
        voices=150,
    ),
    Scene(
        "oldbridge",
        "call_for_sites",
        "sites",
        "Oldbridge: which land should we look at?",
        "For homes, work, a hall or a green that is kept. You need not own it. A site that is suggested is looked at, "
        "not chosen.",
        opened=26,
        voices=45,
    ),
    Scene(
        "tannery-wharf",
        "early_engagement",
        "early",
        "Living at the wharf",
        "The first questions for everyone who lives, works or moors at the wharf.",
        opened=None,
    ),
)


WITH_EASY_READ: Final = ("nether-tarrow", "tannery-wharf")


def set_up(scene: Scene, place: District, body: Space) -> None:
    """From the first draft to the opening; a scene that is not opened stays a draft."""
    chair, area = people.chair_of(scene.space), place.area(scene.space)
    since = scene.first_day - timedelta(days=DRAFTED_DAYS_BEFORE) if scene.opened else past.day(3)
    with past.working(body, chair, past.on(since, 19)):
        if scene.stage == "regulation_14":
            write_plan(area, place, chair)
        consultation = draft(scene, chair)
        if scene.space in WITH_EASY_READ:
            easy_read.write(consultation, body.name)
        if consultation.kind.consults_bodies:
            consultees.decide(consultation, chair)
            manner.choose(consultation, chair, asks_equality=True, confirms_email=False)
    if scene.opened is None:
        return
    with past.working(body, chair, past.on(scene.first_day - timedelta(days=ANNOUNCED_DAYS_BEFORE), 18)):
        of(scene).announce(chair)
    with past.working(body, chair, clock.start_of(scene.first_day)):
        of(scene).open(chair)
    if scene.stage == "regulation_14":
        with past.working(body, chair, past.on(scene.first_day, 9)):
            consultees.notify(of(scene), chair)
        consultees.publicise(scene.reference, body, chair, scene.first_day)


def of(scene: Scene) -> Consultation:
    """The scene's consultation, read where we stand."""
    return db.session.query(Consultation).filter_by(reference=scene.reference).one()


def write_plan(area: Area, place: District, by: Person) -> PlanVersion:
    written, version = plan_for(area.slug), draft_version()
    version.retitle(written.title)
    for section in written.sections:
        version.add_section(section.title, section.text)
        audit.record("plan.section_written", section.title, by=by, version=version.number)
    land.lay_out(version, area, place, by)
    standing_in = version.add_section(POLICIES_TITLE, POLICIES_WORDS)
    for each in written.policies:
        policy = version.add_policy(each.reference, each.title, each.summary, each.text, standing_in)
        if each.topic in ON_LAND:
            version.link_sites(policy, version.sites_of(ON_LAND[each.topic]))
        audit.record("plan.policy_written", policy.name, by=by, version=version.number)
    db.session.flush()
    return version


def draft(scene: Scene, by: Person) -> Consultation:
    """A draft with our own questions in place of those that are proposed."""
    consultation = drafting.begin(scene.stage, scene.title, scene.summary, scene.reference, by)
    for proposed in list(consultation.questions):
        consultation.ask_no_more(proposed)
    for question in questions_for(scene.stage):
        ask(consultation, question)
    if scene.opened is not None:
        consultation.opens_on, consultation.last_day = scene.first_day, scene.last_day
    consultation.where_to_see = WHERE_TO_SEE.format(place=consultation.contact_address)
    audit.record("consultation.dates_set", consultation.title, by=by, reference=scene.reference)
    db.session.flush()
    return consultation


def ask(consultation: Consultation, question: Question) -> None:
    more = {"page": question.page, "settings": question.settings, "help": question.help}
    if question.only_after is not None:
        reference, labels = question.only_after
        source = consultation.question(reference.lower())
        assert source is not None
        keys = tuple(key_of(source, label) for label in labels)
        more["show_if"] = Condition(source.id, keys).written
    consultation.ask(question.kind, question.title, question.hint, question.options, **more)


def extend(body: Space, scene: Scene, days: int, reason: str) -> None:
    chair = people.chair_of(scene.space)
    with past.working(body, chair, past.on(past.day(2), 20)):
        of(scene).extend(scene.last_day + timedelta(days=days), reason, chair)
