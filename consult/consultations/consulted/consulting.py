"""What a consultation does with whom it consults: decides about each body, adds contacts, sends notices once."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.consulted import replies, telling
from consult.consultations.consulted.consultees import AuthorityCopy, Consultee, Unaffected
from consult.consultations.consulted.notices import Delivery, Notice
from consult.consultations.consulted.schedule import Body, schedule_1
from consult.database import db
from consult.web.errors import Refused

A_WEEK = timedelta(days=7)


class Consulting:
    """Regulation 14(b) and (c), and whomever else the body wants to hear from."""

    id: Any  # Mapped, in the model, as are the others
    kind: Any
    title: Any
    reference: Any
    opening: Any
    state: Any
    consultees: Any
    unaffected: Any
    authority_copy: Any

    # Each body of Schedule 1 is decided.

    def consulted(self, body: Body) -> list[Consultee]:
        return [consultee for consultee in self.consultees if consultee.body == body.key]

    def left_out(self, body: Body) -> Unaffected | None:
        return next((decided for decided in self.unaffected if decided.body == body.key), None)

    @property
    def undecided(self) -> list[Body]:
        """The bodies that nobody has decided about, where regulation 14(b) asks for it."""
        if not self.kind.consults_bodies:
            return []
        decided = {consultee.body for consultee in self.consultees} | {each.body for each in self.unaffected}
        return [body for body in schedule_1().bodies if body.key not in decided]

    @property
    def to_confirm(self) -> list[Consultee | Unaffected]:
        """What was decided about bodies of Schedule 1 for an earlier consultation, and not looked at again since."""
        decided = [each for each in self.consultees if each.body] + list(self.unaffected)
        return [each for each in decided if each.to_confirm]

    def confirm_again(self, by: Person, copied: Iterable[Consultee | Unaffected]) -> int:
        """What was decided for an earlier consultation holds for this one; the number of decisions. Raises Refused once
        it has been opened: its consultees were told by what had been confirmed."""
        if self.opening:
            raise Refused("This consultation has been opened, so what was decided before stays as it is.")
        confirmed = [decided for decided in copied if decided.to_confirm]
        for decided in confirmed:
            decided.confirmed = clock.now()
            decided.by_id = by.id
        names = [decided.title for decided in confirmed]
        audit.record("consultees.confirmed", self.title, by=by, reference=self.reference, bodies=names)
        self.look_again()
        return len(confirmed)

    def consult(self, by: Person | None, **contact: str) -> Consultee:
        """Adds a consultee, which is given notice at the opening or, after that, at once."""
        consultee = Consultee(consultation_id=self.id, by_id=by.id if by else None, **contact)
        db.session.add(consultee)
        for decided in [each for each in self.unaffected if each.body and each.body == consultee.body]:
            db.session.delete(decided)  # who is consulted is no longer left out
        audit.record("consultee.added", consultee.title, by=by, reference=self.reference, body=consultee.body)
        self.look_again()
        if self.opening:
            self.give_notice([consultee], by)
        return consultee

    def leave_out(self, bodies: Iterable[Body], reason: str, by: Person | None) -> None:
        """Decides that the interests of these bodies are not affected. Raises Refused for one that is consulted."""
        for body in bodies:
            if self.consulted(body):
                raise Refused(f"{body.name}: you consult this body already. Remove it from the list first.")
            if self.opening and self.left_out(body):
                raise Refused(
                    f"{body.name}: this was decided before the opening, and stays. You can still consult it."
                )
            decided = self.left_out(body) or Unaffected(consultation_id=self.id, body=body.key)
            decided.name, decided.reason = body.name, reason
            decided.at, decided.by_id = clock.now(), by.id if by else None
            decided.confirmed = decided.at if decided.copied_from else None
            db.session.add(decided)
            audit.record("consultee.unaffected", body.name, by=by, reference=self.reference, reason=reason)
        self.look_again()

    def remove(self, consultee: Consultee, by: Person | None) -> None:
        if consultee.notices:
            raise Refused(f"{consultee.title} has been given notice, so it stays on the list.")
        if self.opening and consultee.body and len(self.consulted_alike(consultee)) == 1:
            raise Refused("This consultation has been opened, and each body of Schedule 1 stays decided.")
        audit.record("consultee.removed", consultee.title, by=by, reference=self.reference)
        db.session.delete(consultee)
        self.look_again()

    def consulted_alike(self, consultee: Consultee) -> list[Consultee]:
        return [each for each in self.consultees if each.body == consultee.body]

    # Notices.

    def give_notice(self, consultees: Iterable[Consultee], by: Person | None, kind: str = "notice") -> int:
        """Puts a notice into the outbox for each that has an email; the number of them. It leaves at the opening."""
        written = [each for each in consultees if each.email and not (kind == "notice" and each.was_told)]
        for consultee in written:
            telling.queue(self, consultee, kind, by)
        self.look_again(*written)
        return len(written)

    def note_by_hand(
        self, consultee: Consultee, how: str, to: str, on: date, kind: str, by: Person
    ) -> Notice:
        """Puts on record what somebody sent or handed over themselves."""
        notice = Notice(
            consultee_id=consultee.id, key=f"by hand {uuid4()}", kind=kind, how=how, to=to, by_id=by.id
        )
        db.session.add(notice)
        db.session.flush()
        db.session.add(Delivery(notice_id=notice.id, outcome="by_hand", on=on, by_id=by.id))
        audit.record("notice.noted", consultee.title, by=by, reference=self.reference, how=how, on=str(on))
        self.look_again(consultee)
        return notice

    def note_return(self, notice: Notice, reason: str, by: Person) -> None:
        """What was sent came back."""
        if notice.outcome not in ("sent", "by_hand"):
            raise Refused("Only what was sent can come back.")
        about = {"notice_id": notice.id, "outcome": "returned", "on": clock.today()}
        db.session.add(Delivery(**about, reason=reason, by_id=by.id))
        audit.record("notice.returned", notice.to, by=by, reference=self.reference, reason=reason)
        self.look_again(notice)

    def remind(self, by: Person | None) -> int:
        """Reminds everyone who has an email, has been told and has not replied; each at most once a week."""
        if self.state() != "open":
            raise Refused("Reminders go out while the consultation is open.")
        now = clock.now()
        waiting = [each for each in self.consultees if each.email and self.waits(each)]
        due = [each for each in waiting if not each.last_notice or each.last_notice.due + A_WEEK <= now]
        if not due:
            raise Refused(self.why_nobody(waiting))
        number = self.give_notice(due, by, kind="reminder")
        audit.record("consultees.reminded", self.title, by=by, reference=self.reference, number=number)
        return number

    def waits(self, consultee: Consultee) -> bool:
        return consultee.was_told and consultee.id not in replies.of(self)

    @staticmethod
    def why_nobody(waiting: list[Consultee]) -> str:
        if not waiting:
            return (
                "There is nobody to remind: everyone who can be mailed has replied, or has had no notice yet."
            )
        last = max(each.last_notice.due for each in waiting if each.last_notice)
        day = clock.uk(last + A_WEEK).date()
        return (
            f"Everyone was written to within the last week. You can remind them from {day.day} {day:%B} on."
        )

    # The authority's copy.

    @property
    def owes_a_copy(self) -> bool:
        """Whether regulation 14(c) still asks for a copy to be sent to the local planning authority."""
        return bool(self.kind.consults_bodies) and self.authority_copy is None

    def note_copy(self, on: date, how: str, to: str, by: Person) -> AuthorityCopy:
        if self.authority_copy:
            raise Refused("The copy to the authority is on record already.")
        copy = AuthorityCopy(consultation_id=self.id, sent_on=on, how=how, to=to, by_id=by.id)
        db.session.add(copy)
        audit.record("authority.copied", self.title, by=by, reference=self.reference, how=how, on=str(on))
        self.look_again()
        return copy

    def look_again(self, *changed: Any) -> None:
        """What was written is read afresh, here and on the consultees or notices that it concerns."""
        db.session.flush()
        for row in changed:
            db.session.expire(row, ["notices" if isinstance(row, Consultee) else "deliveries"])
        db.session.expire(self, ["consultees", "unaffected", "authority_copy"])
