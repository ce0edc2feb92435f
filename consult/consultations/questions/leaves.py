"""The pages of a form: which questions stand together, and what is said at the head of each page."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.database import Base, db
from consult.tenancy import Owned, link_to


class QuestionPage(Owned, Base):
    """What stands at the head of a page of the form; a page without one has no heading of its own."""

    __tablename__ = "question_page"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "number"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    number: Mapped[int]  # Question.page
    title: Mapped[str]
    introduction: Mapped[str] = mapped_column(default="")


class Paged:
    """What a consultation does with the pages of its form. They are numbered from 1 without gaps."""

    id: Any
    questions: Any  # Mapped, in the model

    @property
    def pages(self) -> list[int]:
        return sorted({question.page for question in self.questions})

    @property
    def headings(self) -> dict[int, QuestionPage]:
        """By the number of the page."""
        mine = sa.select(QuestionPage).where(QuestionPage.consultation_id == self.id)
        return {heading.number: heading for heading in db.session.scalars(mine)}

    def head(self, number: int, title: str, introduction: str) -> None:
        """Puts words at the head of a page, or takes them away where the title is empty."""
        heading = self.headings.get(number)
        if not title:
            if heading:
                db.session.delete(heading)
            return
        heading = heading or QuestionPage(consultation_id=self.id, number=number)
        heading.title, heading.introduction = title, introduction
        db.session.add(heading)

    def turn_page(self, question: Any) -> None:
        """A new page begins with this question."""
        self.move_pages({q.id: q.page + (q.position >= question.position) for q in self.questions})

    def join_pages(self, question: Any) -> None:
        """This question and those on its page follow on the page before."""
        self.move_pages({q.id: q.page - (q.page >= question.page) for q in self.questions})

    def move_pages(self, moved: dict[UUID, int]) -> None:
        """Gives questions their pages. A heading stays with the first question of its page."""
        first: dict[UUID, int] = {}
        for question in reversed(self.questions):
            first[question.id] = question.page
        heads = {page: next(q.id for q in self.questions if q.page == page) for page in self.pages}
        for question in self.questions:
            question.page = moved[question.id]
        self.close_gaps(heads)

    def close_gaps(self, heads: dict[int, UUID]) -> None:
        """Numbers the pages from 1; `heads` says which question each heading was over."""
        numbers = {page: number for number, page in enumerate(self.pages, 1)}
        for question in self.questions:
            question.page = numbers[question.page]
        at_head = {next(q.id for q in self.questions if q.page == page): page for page in numbers.values()}
        kept = {
            at_head[heads[number]]: (heading.title, heading.introduction)
            for number, heading in self.headings.items()
            if heads.get(number) in at_head
        }
        for heading in self.headings.values():
            db.session.delete(heading)
        db.session.flush()
        for number, (title, introduction) in kept.items():
            self.head(number, title, introduction)
        db.session.flush()
