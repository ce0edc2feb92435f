"""“Keep me told”: whoever leaves an email hears what follows. Confirmed by a mailed link, ended by every later one."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock, jobs, mail
from consult.consultations.languages.wording import Wording
from consult.database import Base, alone, db, new_id
from consult.spaces.models import standing
from consult.tenancy import Owned, here, link_to, linked
from consult.web.languages import ENGLISH, OURS, QUERY

SIXTEEN_BYTES = 16  # 128 bits
UNCONFIRMED = timedelta(days=7)  # then the address is forgotten


class Follower(Owned, Base):
    """An address that asked to be told; it is told once it has confirmed that it asked."""

    __tablename__ = "follower"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "email"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    email: Mapped[str]
    asked: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(default=ENGLISH)  # in which it asked, and is written to

    def new_link(self) -> str:
        """A token for one mail, which opens the page of this follower; only its hash is kept."""
        token = secrets.token_urlsafe(SIXTEEN_BYTES)
        db.session.add(FollowerLink(follower_id=self.id, token_hash=hashed(token)))
        return token

    def confirm(self) -> None:
        self.confirmed = self.confirmed or clock.now()

    def forget(self) -> None:
        """Nothing stays of who no longer wants to be told."""
        links = sa.select(FollowerLink).where(FollowerLink.follower_id == self.id)
        for link in db.session.scalars(links):
            db.session.delete(link)
        db.session.flush()
        db.session.delete(self)


class FollowerLink(Owned, Base):
    __tablename__ = "follower_link"
    __table_args__ = (sa.UniqueConstraint("space_id", "token_hash"),)
    follower_id: Mapped[UUID] = link_to("follower")
    token_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    follower: Mapped[Follower] = linked("FollowerLink.follower_id", "Follower")


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Followed:
    """What a consultation does for those who follow it."""

    id: Any  # Mapped, in the model
    title: Any
    reference: Any

    def follow(self, email: str, language: str = ENGLISH) -> None:
        """Asks that address to confirm; one that has confirmed is told so. Both ways a mail goes, and the page says
        the same, so that nobody learns who follows."""
        db.session.flush()
        alone(f"followers of {self.id}")
        known = sa.select(Follower).where(Follower.consultation_id == self.id, Follower.email == email)
        follower = db.session.scalar(known)
        if follower is None:
            follower = Follower(id=new_id(), consultation_id=self.id, email=email, language=language)
            db.session.add(follower)
            db.session.flush()
            jobs.post("forget unconfirmed", {"follower": follower.id.hex}, due=clock.now() + UNCONFIRMED)
        write(self, follower, "already" if follower.confirmed else "confirm")

    def follower_of(self, token: str) -> Follower | None:
        found = sa.select(FollowerLink).where(FollowerLink.token_hash == hashed(token))
        link = db.session.scalar(found)
        return link.follower if link and link.follower.consultation_id == self.id else None

    def tell_followers(self, what: str, at: datetime | None = None) -> None:
        """Puts the news into the outbox: opened, extended, or results."""
        due = max(at or clock.now(), clock.now())
        jobs.post("news", {"consultation": self.id.hex, "what": what, "at": due.isoformat()}, due=due)


@jobs.handler("news")
def tell(job: jobs.Job) -> dict[str, Any]:
    """One mail for each who follows by then; the mails and the job's end are one commit, so nobody is told twice."""
    from consult.consultations.models import Consultation

    consultation = db.session.get_one(Consultation, (here(), UUID(hex=job.payload["consultation"])))
    confirmed = sa.select(Follower).where(
        Follower.consultation_id == consultation.id,
        Follower.confirmed <= datetime.fromisoformat(job.payload["at"]),
    )
    followers = list(db.session.scalars(confirmed))
    for follower in followers:
        write(consultation, follower, job.payload["what"])
    return {"told": len(followers)}


@jobs.handler("forget unconfirmed")
def forget_unconfirmed(job: jobs.Job) -> None:
    follower = db.session.get(Follower, (here(), UUID(hex=job.payload["follower"])))
    if follower is not None and follower.confirmed is None:
        follower.forget()


def write(consultation: Any, follower: Follower, what: str) -> None:
    """In the language in which it asked."""
    space, language = standing(), follower.language
    where = {"space": space, "reference": consultation.reference}
    if language != ENGLISH:
        where |= {QUERY: language}
    title = title_in(consultation, language)
    with force_locale(language if language in OURS else ENGLISH):
        page = mail.link("consultations.show", **where)
        way = mail.link("consultations.told", token=follower.new_link(), **where)
        lines = [*said(what, title, page), *offered(what, way), space.name]
        mail.send(follower.email, subject_of(what, title), "\n\n".join(lines) + "\n")


def title_in(consultation: Any, language: str) -> str:
    translation = consultation.translation_in(language)
    return Wording(translation, language)("title", consultation.title)


def subject_of(what: str, title: str) -> str:
    subjects = {
        "confirm": _("Shall we keep you told? %(title)s", title=title),
        "already": _("You are being kept told: %(title)s", title=title),
        "opened": _("It has opened: %(title)s", title=title),
        "extended": _("You have longer to respond: %(title)s", title=title),
        "results": _("The results are published: %(title)s", title=title),
    }
    return str(subjects[what])


def said(what: str, title: str, page: str) -> list[str]:
    words = {
        "confirm": _(
            "Somebody, perhaps you, asked us to tell you what follows from “%(title)s”.", title=title
        ),
        "already": _("You asked to be told what follows from “%(title)s”. You are on the list.", title=title),
        "opened": _("“%(title)s” has opened. You can respond here:", title=title),
        "extended": _("“%(title)s” now closes later than we said. The new date is here:", title=title),
        "results": _("The results of “%(title)s” are published. You find them here:", title=title),
    }
    return [str(words[what])] if what in ("confirm", "already") else [str(words[what]), f"    {page}"]


def offered(what: str, way: str) -> list[str]:
    if what == "confirm":
        return [
            str(_("To confirm, open this page and press the button:")),
            f"    {way}",
            str(_("If it was not you, you need do nothing: we forget your address in a week.")),
        ]
    return [str(_("If you no longer want these mails:")), f"    {way}"]
