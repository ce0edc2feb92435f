"""Highfold's committee replies to what was raised: one reply is agreed, published and in the next version of the plan,
one was agreed since, and one is still a draft."""

from typing import Any, Final

from consult import audit
from consult.consultations.models import Consultation
from consult.database import db
from consult.demo import consulting, past, people
from consult.demo.consulting import Scene
from consult.demo.library import shelf
from consult.feedback import answering
from consult.issues.deciding import agree, decide
from consult.issues.gathering import Gatherer
from consult.issues.models import Decision
from consult.plans.models import draft_version
from consult.spaces.models import Space
from consult.tenancy import here

WRITTEN_DAYS_AGO, AGREED_DAYS_AGO, CHANGED_DAYS_AGO, PUBLISHED_DAYS_AGO, NEXT_DAYS_AGO = 13, 12, 11, 10, 8
WORDS: Final = ("outcome", "reply", "reason", "change")


def reply(body: Space, scene: Scene) -> int:
    """The number of issues that have a reply."""
    chair = people.chair_of(scene.space)
    issues = shelf("issues")["issue"]
    with past.working(body, people.typist_of(scene.space), past.on(past.day(WRITTEN_DAYS_AGO), 20)):
        drafts = [write(consulting.of(scene), people.typist_of(scene.space), issue).id for issue in issues]
    with past.working(body, chair, past.on(past.day(AGREED_DAYS_AGO), 21)):
        agreed(consulting.of(scene), drafts[0], chair, issues[0], AGREED_DAYS_AGO)
    with past.working(body, chair, past.on(past.day(CHANGED_DAYS_AGO), 20)):
        change_plan(issues[0], chair)
    with past.working(body, chair, past.on(past.day(PUBLISHED_DAYS_AGO), 20)):
        answering.publish(consulting.of(scene), chair)
    with past.working(body, chair, past.on(past.day(NEXT_DAYS_AGO), 21)):
        agreed(consulting.of(scene), drafts[1], chair, issues[1], NEXT_DAYS_AGO)
    return len(drafts)


def write(consultation: Consultation, by: Any, issue: dict[str, Any]) -> Decision:
    gatherer = Gatherer(consultation, by)
    labels = {entry.label: entry.id for entry in gatherer.points.frame.matters}
    themes = {labels[label] for label in issue["themes"]}
    id_ = gatherer.begin(issue["title"], issue["summary"], themes, set())
    policy = next((p.key for p in consultation.policies if p.reference == issue.get("policy")), "")
    words = {name: issue.get(name, "") for name in WORDS}
    return decide(consultation, id_, by, policy_key=policy, **words)


def agreed(consultation: Consultation, id_: Any, by: Any, issue: dict[str, Any], days_ago: int) -> None:
    decision = db.session.get_one(Decision, (here(), id_))
    agree(consultation, decision, by, past.day(days_ago), issue["minute"])


def change_plan(issue: dict[str, Any], by: Any) -> None:
    """The next version of the plan says what was decided."""
    version = draft_version()
    policy = version.policy(issue["policy"])
    assert policy is not None
    words = policy.text.replace(*issue["rewrites"])
    version.rewrite(policy, policy.reference, policy.title, policy.summary, words)
    audit.record("plan.policy_written", policy.name, by=by, version=version.number)
