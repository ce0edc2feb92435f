"""The forum application as a PDF, to print or publish: without the private list, of which it has only the numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult import clock
from consult.areas.application import pack as application_pack
from consult.forums.completeness import SECTION_61F
from consult.forums.counting import Tally, tally
from consult.forums.ground import Ground
from consult.forums.models import ForumApplication, ForumDraft
from consult.settings import ROOT
from consult.spaces import law
from consult.spaces.models import Space
from consult.web import typesetting

SHEET = ROOT / "templates" / "forums" / "application.typ"
NOTHING = "Nothing is written here yet."


@dataclass(frozen=True)
class Pack:
    """What an application says, sent or not."""

    space: Space
    said: ForumApplication | ForumDraft
    outline: bytes
    state: str
    at: datetime
    conditions: law.Listed
    tally: Tally


def of_application(found: ForumApplication) -> Pack:
    state = f"Handed over on {clock.uk(found.at):%-d %B %Y}" + (
        f", {found.state} since" if found.withdrawal else ""
    )
    conditions = law.since(SECTION_61F, found.conditions_from)
    return Pack(found.space, found, found.outline, state, found.at, conditions, tally(found.members))


def of_draft(space: Space, said: ForumDraft, ground: Any) -> Pack:
    assert isinstance(ground, Ground)
    state, conditions = "A draft: not with the authority yet", law.in_force(SECTION_61F, clock.today())
    return Pack(space, said, ground.outline, state, clock.now(), conditions, tally(said.members))


def pdf(pack: Pack) -> bytes:
    said = pack.said
    area = mapped(pack)
    says = f"Map of {said.area_name}, with its outline, a scale bar, a north arrow and National Grid lines."
    given = {
        "title": f"Neighbourhood forum application: {said.name}",
        "body": pack.space.name,
        "name": said.name,
        "authority": pack.space.authority.name if pack.space.authority else "",
        "state": pack.state,
        "area": said.area_name,
        "contact": contact(said),
        "constitution": constitution(said),
        "statement": [
            [point.name, point.where, said.statement.get(point.key) or NOTHING]
            for point in pack.conditions.points
        ],
        "members": members(pack.tally),
        "map": application_pack.picture(area, says),
        "says": says,
        "attribution": application_pack.attribution(pack.space),
    }
    return typesetting.pdf(SHEET, "application", given, pack.at)


def mapped(pack: Pack) -> application_pack.Pack:
    """The same map as an area application has."""
    return application_pack.Pack(
        space=pack.space,
        name=pack.said.area_name or pack.space.name,
        state=pack.state,
        reference="",
        at=pack.at,
        outline=pack.outline,
        why_appropriate="",
        relevant_body="",
        spans="",
        consents=(),
    )


def contact(said: ForumApplication | ForumDraft) -> list[list[str]]:
    rows = [
        ("Name", said.contact_name),
        ("Email address", said.contact_email),
        ("Telephone number", said.contact_phone),
        ("Postal address", said.contact_address),
    ]
    return [[name, words] for name, words in rows if words]


def constitution(said: ForumApplication | ForumDraft) -> str:
    attached = f"Attached as a file: {said.constitution_name}" if said.constitution_name else ""
    return "\n".join(part for part in (attached, said.constitution) if part) or NOTHING


def members(found: Tally) -> str:
    return (
        f"The list of members is handed to the authority apart from this, and is not published. It has {found.counted} "
        f"individuals who count: {found.live} live in the area, {found.work} work there and {found.elected} are "
        "elected members; one person may be counted under several."
    )
