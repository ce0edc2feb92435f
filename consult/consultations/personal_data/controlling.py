"""Who answers for the personal data of a consultation: the facts, and the privacy notice that is composed from them."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.personal_data.data_protection import chosen, data_protection
from consult.spaces.models import Space, standing

FACTS = ("controller", "lawful_basis", "kept_until", "publication", "data_contact")
REDACTED = "redacted"


class Controlled:
    """The facts of Article 13 of the UK GDPR, which are frozen at the opening; the notice goes with each response."""

    controller: Mapped[str] = mapped_column(default="")  # who decides what the data is used for
    lawful_basis: Mapped[str] = mapped_column(default="")  # a key of data_protection.toml
    kept_until: Mapped[str] = mapped_column(default="")  # completes “We keep responses until …”
    publication: Mapped[str] = mapped_column(default=REDACTED)  # names, redacted, summaries
    data_contact: Mapped[str] = mapped_column(default="")  # whom to ask about one's data
    privacy_notice: Mapped[str] = mapped_column(default="")
    notice_day: Mapped[date | None]  # when the notice was composed or last written

    contact_email: Any  # Mapped, in the model
    kind: Any

    def propose_facts(self, space: Space) -> None:
        """What is usual for a body of this kind, where nothing is said yet; then the notice."""
        known = data_protection()
        self.controller = self.controller or space.name
        self.lawful_basis = self.lawful_basis or known.bases_for(space.kind)[0].key
        self.kept_until = self.kept_until or known.retention_for(space.kind)
        self.publication = self.publication or REDACTED
        self.data_contact = self.data_contact or space.contact_email
        self.compose_notice()

    def compose_notice(self) -> None:
        """Writes the notice from the facts, with today's date."""
        self.notice_day = clock.today()
        self.privacy_notice = self.composed_notice

    def rewrite_notice(self, anew: bool = False) -> None:
        """A notice in somebody's own words, as of today; or composed anew from the facts."""
        if anew:
            self.compose_notice()
        elif not self.is_composed:
            self.notice_day = clock.today()

    @property
    def is_composed(self) -> bool:
        """Whether the notice is still the one that we composed from these facts."""
        return self.privacy_notice == self.composed_notice

    @property
    def composed_notice(self) -> str:
        """The notice that these facts make, dated as the present one is."""
        space, written = standing(), data_protection().notice
        facts = self.in_notice(space)
        paragraphs = (paragraph.format(**facts) for paragraph in written["paragraphs"])
        return "\n\n".join([written["heading"].format(**facts), *(each for each in paragraphs if each)])

    @property
    def facts_in_words(self) -> dict[str, str]:
        """The lawful basis and the way of publishing by their names."""
        known = data_protection()
        basis = chosen(known.bases, self.lawful_basis)
        publication = chosen(known.publications, self.publication)
        return {
            "basis": f"{basis.name} ({basis.article})" if basis else "",
            "publication": publication.name if publication else "",
        }

    def handed_on(self, space: Space, authority: str) -> str:
        """Who else gets what people send: nobody where an authority decides itself (regulations 6 and 9)."""
        if space.is_authority and self.kind.about in ("area", "forum"):
            return "Our officers read what you send; it is handed to nobody else unless the law makes us."
        examiner = "the person who examines the plan"
        who = examiner if space.is_authority else f"{authority}, and to {examiner}"
        return f"What you send is handed to {who}, where the law asks for it."

    def in_notice(self, space: Space) -> dict[str, str]:
        known = data_protection()
        basis = chosen(known.bases, self.lawful_basis)
        publication = chosen(known.publications, self.publication)
        authority = space.authority.name if space.authority else "the authority"
        day = self.notice_day or clock.today()
        return {
            "day": f"{day.day} {day:%B %Y}",
            "controller": self.controller or space.name,
            "what": "our decision" if space.is_authority else "our neighbourhood plan",
            "basis": basis.notice if basis else "",
            "publication": publication.notice if publication else "",
            "handed_on": self.handed_on(space, authority),
            "kept_until": self.kept_until,
            "contact": self.data_contact or self.contact_email or "the contact on this page",
        }
