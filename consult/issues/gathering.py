"""Putting points together into issues. One person at a time does so within a consultation, so that steps have an order
that all agree on, and the last step of each can be taken back."""

from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from consult import audit
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.issues.gathered import Gathered, Raised, issues_of, raised, standing_rows
from consult.issues.models import (
    Agreement,
    Decision,
    Dissolving,
    Gathering,
    Issue,
    IssueWording,
    Parting,
    Step,
)
from consult.points.frame import same
from consult.web.errors import Refused

KINDS: Final = {
    "begun": "An issue was begun",
    "worded": "An issue was worded anew",
    "gathered": "Themes or points were put into an issue",
    "parted": "A theme or a point was taken out of an issue",
    "dissolved": "An issue was dissolved",
    "undone": "The step before was taken back",
}


class Gatherer:
    """One person at work on the issues of one consultation, to the end of the transaction."""

    def __init__(self, consultation: Consultation, by: Any) -> None:
        db.session.flush()  # `alone` reads everything afresh
        alone(f"issues of {consultation.id}")
        self.consultation, self.by = consultation, by

    @property
    def points(self) -> Raised:
        return raised(self.consultation)

    @property
    def issues(self) -> list[Gathered]:
        db.session.flush()
        return issues_of(self.consultation)

    def begin(self, title: str, summary: str, themes: set[UUID], points: set[UUID]) -> UUID:
        """A new issue. Raises Refused where another is called the same, where it would gather nothing, or where a
        theme is in another one already."""
        self.refuse_title(title, None)
        if not themes and not points:
            raise Refused(
                "Choose at least one theme, or single points: an issue answers something that people said."
            )
        step = self.step("begun")
        last = sa.select(sa.func.max(Issue.number)).where(Issue.consultation_id == self.consultation.id)
        number = (db.session.scalar(last) or 0) + 1
        issue = Issue(consultation_id=self.consultation.id, number=number, step_id=step.id)
        db.session.add(issue)
        db.session.flush()
        db.session.add(IssueWording(issue_id=issue.id, title=title, summary=summary, step_id=step.id))
        self.put(issue.id, themes, points, step)
        self.note("issue.begun", title)
        return issue.id

    def word(self, issue: UUID, title: str, summary: str) -> None:
        """Raises Refused where another one is called the same."""
        self.issue(issue)
        self.refuse_title(title, issue)
        step = self.step("worded")
        db.session.add(IssueWording(issue_id=issue, title=title, summary=summary, step_id=step.id))
        self.note("issue.worded", title)

    def gather(self, issue: UUID, themes: set[UUID], points: set[UUID]) -> None:
        """Raises Refused where nothing is new, or a theme is in another issue already."""
        there = self.issue(issue)
        themes -= {entry.id for entry in there.themes}
        points -= there.alone
        if not themes and not points:
            raise Refused("Choose a theme or a point that is not in this issue yet.")
        self.put(issue, themes, points, self.step("gathered"))
        self.note("issue.gathered", there.title, themes=len(themes), points=len(points))

    def put(self, issue: UUID, themes: set[UUID], points: set[UUID], step: Step) -> None:
        known = self.points
        if not themes <= {entry.id for entry in known.frame.matters} or not points <= set(known.owners):
            raise Refused("One of these was merged, retired or cut anew meanwhile. Choose again.")
        for other in self.issues:
            taken = next((entry for entry in other.themes if entry.id in themes), None)
            if taken is not None and other.id != issue:
                raise Refused(f"“{taken.label}” is in issue {other.number} already: take it out there first.")
        db.session.add_all(
            Gathering(issue_id=issue, theme_id=each, step_id=step.id) for each in sorted(themes)
        )
        db.session.add_all(
            Gathering(issue_id=issue, point_id=each, step_id=step.id) for each in sorted(points)
        )
        db.session.flush()

    def part(self, issue: UUID, thing: UUID) -> None:
        """A theme or a point is taken out. Raises Refused where it is not there, or where nothing would be left."""
        there = self.issue(issue)
        stands_for = self.points.frame.stands_for
        rows = [
            row for row in db.session.scalars(standing_rows(self.consultation.id)) if row.issue_id == issue
        ]
        mine = [row for row in rows if thing in (row.point_id, row.theme_id and stands_for(row.theme_id))]
        if not mine:
            raise Refused("That is not in this issue any more. Look at it again.")
        if len(mine) == len(rows):
            raise Refused("Nothing would be left in this issue: dissolve it instead.")
        step = self.step("parted")
        db.session.add_all(Parting(gathering_id=row.id, step_id=step.id) for row in mine)
        self.note("issue.parted", there.title)

    def dissolve(self, issue: UUID) -> None:
        """Raises Refused once a decision on it was agreed: that is on record; a later one may replace it."""
        there = self.issue(issue)
        agreed = sa.select(Agreement.id).join(Decision, Decision.id == Agreement.decision_id)
        if db.session.scalar(agreed.where(Decision.issue_id == issue).limit(1)):
            raise Refused("A decision on this issue was agreed, so it stays. Write another decision instead.")
        db.session.add(Dissolving(issue_id=issue, step_id=self.step("dissolved").id))
        self.note("issue.dissolved", there.title)

    def undo(self) -> Step | None:
        """Takes back this person's last step that stands; None where there is none. Raises Refused where it made an
        issue that was answered by now, or where a theme that comes back is in another issue meanwhile."""
        last = Step.last_by(self.consultation.id, self.by)
        if last is not None:
            answered = sa.select(Decision.id).join(Issue, Issue.id == Decision.issue_id)
            if db.session.scalar(answered.where(Issue.step_id == last.id).limit(1)):
                raise Refused(
                    "This issue was answered by now: dissolve it instead, or write another decision."
                )
            self.step("undone", undoes=last.id)
            if last.kind in ("parted", "dissolved"):
                self.refuse_twice()
            self.note("issue.undone", self.consultation.reference, step=last.number)
        return last

    def refuse_twice(self) -> None:
        seen: set[UUID] = set()
        for issue in self.issues:
            for entry in issue.themes:
                if entry.id in seen:
                    raise Refused(
                        f"“{entry.label}” was put into another issue meanwhile: take it out there first."
                    )
                seen.add(entry.id)

    def issue(self, id_: UUID) -> Gathered:
        found = next((each for each in self.issues if each.id == id_), None)
        if found is None:
            raise Refused("This issue was dissolved meanwhile. Look at the issues again.")
        return found

    def refuse_title(self, title: str, issue: UUID | None) -> None:
        other = next((each for each in self.issues if same(each.title, title)), None)
        if other is not None and other.id != issue:
            raise Refused(
                f"Issue {other.number} is called “{other.title}” already: call this one something else."
            )

    def step(self, kind: str, undoes: UUID | None = None) -> Step:
        return Step.take(self.consultation.id, self.by, kind, undoes)

    def note(self, act: str, subject: str, **detail: Any) -> None:
        db.session.flush()
        audit.record(act, subject, by=self.by, consultation=self.consultation.reference, **detail)
