"""The draft of a forum application: kept as it is filled in, looked at, and handed to the authority as a whole."""

from typing import Any

import sqlalchemy as sa

from consult import audit, clock
from consult.accounts.models import Person
from consult.database import alone, db, new_id
from consult.forums import completeness, ground
from consult.forums.completeness import SECTION_61F, Case, Item
from consult.forums.counting import tally
from consult.forums.models import (
    ForumApplication,
    ForumApplicationMember,
    ForumDraft,
    ForumMember,
    ForumWithdrawal,
    applications_of,
)
from consult.spaces import law
from consult.spaces.models import admission, standing
from consult.web.errors import Refused

COPIED = (
    *("name", "constitution", "constitution_name", "constitution_type", "constitution_file", "area_name"),
    *("contact_name", "contact_email", "contact_phone", "contact_address", "statement"),
)
OF_A_MEMBER = ("name", "address", "lives", "works", "elected", "position")


def draft() -> ForumDraft:
    """What is filled in so far in the space we stand in; a new one, not kept yet, where nothing is."""
    found = db.session.scalar(sa.select(ForumDraft))
    if found is not None:
        return found
    space, area = standing(), ground.of(standing())
    contact = {name: getattr(space, f"contact_{name}") for name in ("name", "email", "phone", "address")}
    said = {f"contact_{name}": words for name, words in contact.items()}
    empty = {"constitution": "", "constitution_name": "", "constitution_type": "", "statement": {}}
    return ForumDraft(name=space.name, area_name=area.name if area else "", **said, **empty)


def take() -> ForumDraft:
    """The draft, to be changed: from here to the end of the transaction nobody else changes it."""
    db.session.flush()
    alone(f"forum application of {standing().id}")
    found = draft()
    if found not in db.session:
        db.session.add(found)
        db.session.flush()
    return found


def keep(by: Person, what: str, **said: Any) -> ForumDraft:
    """Keeps some of what an application says; `what` names it, for the record."""
    kept = take()
    for name, words in said.items():
        setattr(kept, name, words)
    touched(kept, by, what)
    return kept


def keep_members(by: Person, members: list[dict[str, Any]]) -> None:
    """The list as it now is, in place of what it was."""
    kept = take()
    for before in kept.members:
        db.session.delete(before)
    db.session.flush()
    for position, member in enumerate(members, 1):
        db.session.add(ForumMember(draft_id=kept.id, position=position, **member))
    touched(kept, by, "the list of members", number=len(members))


def add_member(by: Person, member: dict[str, Any]) -> None:
    kept = take()
    position = max((each.position for each in kept.members), default=0) + 1
    db.session.add(ForumMember(draft_id=kept.id, position=position, **member))
    touched(kept, by, "the list of members", number=len(kept.members) + 1)


def remove_member(by: Person, member: ForumMember) -> None:
    kept = take()
    db.session.delete(member)
    touched(kept, by, "the list of members", number=len(kept.members) - 1)


def touched(kept: ForumDraft, by: Person, what: str, **detail: Any) -> None:
    """Who changed what; of the private list only how many are on it."""
    kept.changed, kept.by_id = clock.now(), by.id
    audit.record("forum_application.drafted", what, by=by, **detail)
    db.session.flush()
    db.session.expire(kept, ["members"])


# What it still lacks.


def case_of(said: ForumDraft) -> Case:
    space, on = standing(), clock.today()
    area = ground.of(space)
    conditions = law.in_force(SECTION_61F, on).points
    return Case(
        on=on,
        name=said.name,
        constitution=bool(said.constitution or said.constitution_name),
        area_name=said.area_name,
        outline=area is not None,
        area_in_the_way=ground.in_the_way(space, area) if area else "",
        contact_name=said.contact_name,
        contact=bool(said.contact_email or said.contact_phone or said.contact_address),
        unanswered=tuple(p.name for p in conditions if not said.statement.get(p.key)),
        tally=tally(said.members),
    )


def items(said: ForumDraft) -> list[Item]:
    return completeness.looked_at(case_of(said))


# Handing it over, and taking it back.


def live() -> ForumApplication | None:
    """The application of the space we stand in that waits for a decision."""
    return next((each for each in applications_of(standing()) if each.is_live), None)


def hand(by: Person) -> ForumApplication:
    """Hands what the draft says to the authority, frozen. An application that waits is replaced by it. Raises Refused
    while anything is missing."""
    said, space = take(), standing()
    if admission() is None:
        raise Refused(
            f"Your authority must admit {space.name} before it can apply. Its officers have been told."
        )
    missing = [f"{item.missing} ({item.where})" for item in items(said) if not item.done]
    if missing:
        raise Refused(f"The application is not complete. {' '.join(missing)}")
    area = ground.of(space)
    assert area is not None  # else it were not complete
    assert space.authority_id is not None
    if waiting := live():
        withdrawn(waiting, by, replaced=True)
    made = ForumApplication(
        id=new_id(),
        authority_id=space.authority_id,
        body=space.name,
        outline=area.outline,
        hectares=area.hectares,
        conditions_from=law.in_force(SECTION_61F, clock.today()).since,
        by_id=by.id,
        **{name: getattr(said, name) for name in COPIED},
    )
    db.session.add(made)
    db.session.flush()
    for member in said.members:
        about = {name: getattr(member, name) for name in OF_A_MEMBER}
        db.session.add(
            ForumApplicationMember(authority_id=made.authority_id, application_id=made.id, **about)
        )
    audit.record("forum_application.handed", made.name, by=by, members=len(said.members))
    db.session.flush()
    return made


def withdraw(by: Person) -> ForumApplication:
    """Takes the application back. Raises Refused where none waits."""
    take()
    waiting = live()
    if waiting is None:
        raise Refused("There is no application that waits for a decision, so there is none to withdraw.")
    withdrawn(waiting, by, replaced=False)
    return waiting


def withdrawn(application: ForumApplication, by: Person | None, replaced: bool) -> None:
    about = {"authority_id": application.authority_id, "application_id": application.id}
    db.session.add(ForumWithdrawal(**about, replaced=replaced, by_id=by.id if by else None))
    audit.record("forum_application.withdrawn", application.name, by=by, replaced=replaced)
    db.session.flush()
    db.session.expire(application, ["withdrawal"])
