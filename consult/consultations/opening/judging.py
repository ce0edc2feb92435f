"""A consultation before the gate: its case gathered from where it stands, and what the gate says of it."""

from datetime import date, datetime
from typing import Any

from consult import clock
from consult.areas.register import is_designated
from consult.consultations.opening.gate import Case, Lack, earliest, judged, long, publicity
from consult.consultations.personal_data.controlling import FACTS
from consult.consultations.stages import STAGES, Stage
from consult.spaces.models import admission, live_qualifying_body, standing
from consult.web.errors import Refused

SAID = (*FACTS, "privacy_notice", "changes_nature", "changes_reasons", "statement")


class Judged:
    """What a consultation may do, and from when."""

    stage: Any  # Mapped, in the model, as are the others
    begun: Any
    questions: Any
    plan_shown: Any
    heard: Any
    shows_its_publicity: Any
    undecided: Any
    last_day: Any
    where_to_see: Any
    how_to_respond: Any
    contact_email: Any
    contact_phone: Any
    contact_address: Any
    is_modification: Any
    of_the_proposal: Any
    consultees: Any
    to_confirm: Any
    opens: Any
    planned_opening: Any

    @property
    def kind(self) -> Stage:
        return STAGES[self.stage]

    def lacks(self, opens: datetime) -> list[Lack]:
        """What is missing for it to open at that moment; nothing when it may."""
        return judged(self.case(opens))

    def pass_the_gate(self, opens: datetime) -> None:
        """Raises Refused, with a sentence for each thing that is missing."""
        lacking = self.lacks(opens)
        if lacking:
            raise Refused(" ".join(lack.in_full for lack in lacking))

    def case(self, opens: datetime) -> Case:
        space, day, version = standing(), clock.uk(opens).date(), self.plan_shown
        return Case(
            stage=self.kind,
            opens_on=day,
            begun=self.begun,
            admitted=space.is_authority or admission() is not None,
            not_qualifying=live_qualifying_body(space, day) if self.kind.needs_area else "",
            designated=is_designated(space.id) if self.kind.needs_area else False,
            policies=len(version.policies) if version else 0,
            asks_about_policies=any(question.kind == "stance" for question in self.questions),
            questions=len(self.questions),
            choices_without_options=tuple(q.reference for q in self.questions if q.needs_options),
            where_to_see=self.where_to_see,
            how_to_respond=self.how_to_respond,
            email=self.contact_email,
            phone=self.contact_phone,
            address=self.contact_address,
            **{name: getattr(self, name) for name in SAID},
            modification=self.is_modification,
            **self.of_the_proposal,
            undecided=tuple(body.name for body in self.undecided),
            consultees=len(self.consultees),
            to_confirm=len(self.to_confirm),
            first_publicised=self.heard,
            publicity_shown=self.shows_its_publicity,
            last_day=self.last_day,
        )

    @property
    def earliest_last_day(self) -> date:
        """The first last day that the law and this house allow it."""
        opens_on = clock.uk(self.opens or self.planned_opening()).date()
        return earliest(self.kind, publicity(self.heard, opens_on), opens_on)

    def may_not_close(self, now: datetime) -> str:
        """Why it may not be closed yet; nothing when it may."""
        lawful = self.earliest_last_day
        if now >= clock.end_of(lawful):
            return ""
        if self.kind.statutory:
            return (
                f"{self.kind.regulation.capitalize()} keeps this open at least to the end of {long(lawful)}."
            )
        return f"A consultation lasts at least a day: this one can be closed after {long(lawful)}."
