"""The plan as a PDF: its sections and policies in order, its map, its sites and what else there is to read."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from consult import clock
from consult.areas.application.pack import attribution
from consult.plans import plan_maps, site_words
from consult.plans.blocks import Heading, Paragraph, Run, blocks
from consult.plans.models import PlanVersion
from consult.plans.policies import Policy
from consult.plans.sections import Entry
from consult.settings import ROOT
from consult.spaces.models import Space
from consult.web import typesetting

Block = dict[str, Any]
DEEPEST: Final = 6
SHEET = ROOT / "templates" / "plans" / "plan.typ"


def pdf(version: PlanVersion, area: BaseGeometry | None, space: Space, written: datetime) -> bytes:
    """Tagged (PDF/UA-1); the same plan at the same moment gives the same bytes."""
    return typesetting.pdf(SHEET, "plan", said(version, area, space), written)


def said(
    version: PlanVersion, area: BaseGeometry | None, space: Space, body: str = "", draft: str = ""
) -> dict[str, Any]:
    """All that the sheet says. `body` where the plan is another's than the space in which it stands."""
    every = [block for entry in version.outline() for block in of_entry(entry)]
    without_gaps(every)
    return {
        "title": version.title,
        "body": body or space.name,
        "draft": draft,
        "state": f"As people were asked about it from {day(version.frozen)}" if version.frozen else "Draft",
        "blocks": every,
        "map": plan_maps.drawn(version, area) if version.sites or area is not None else "",
        "says": plan_maps.caption(),
        "attribution": attribution(space),
        "sites": [
            [site.title, f"{site_words.ONE[site.kind]}. {site.notes}".strip()] for site in version.sites
        ],
        "documents": [f"{document.title} ({document.name})" for document in version.documents],
    }


def of_entry(entry: Entry) -> Iterator[Block]:
    level = entry.level if entry.section else 0
    if entry.section:
        yield heading(level, f"{entry.number} {entry.section.title}")
        yield from beneath(level, entry.section.text)
    for policy in entry.policies:
        yield heading(level + 1, f"Policy {policy.name}")
        yield of_policy(policy)


def beneath(level: int, text: str) -> Iterator[Block]:
    """What is written there; the largest heading in it is one below its own."""
    for block in blocks(text):
        yield asdict(replace(block, level=block.level + level) if isinstance(block, Heading) else block)


def of_policy(policy: Policy) -> Block:
    words = [
        asdict(
            Paragraph([replace(run, bold=True) for run in block.runs])
            if isinstance(block, Heading)
            else block
        )
        for block in blocks(policy.text)  # inside the box of its policy a heading leads nowhere
    ]
    where = ", ".join(site.title for site in policy.sites) or "the whole area"
    return {"kind": "policy", "summary": policy.summary, "blocks": words, "where": f"Where: {where}"}


def heading(level: int, words: str) -> Block:
    return asdict(Heading([Run(words)], level))


def without_gaps(every: list[Block]) -> None:
    """Readers are led down one level of headings at a time (PDF/UA-1): whoever wrote may have skipped one."""
    last = 0
    for block in every:
        if block["kind"] == "heading":
            block["level"] = last = max(1, min(block["level"], last + 1, DEEPEST))


def day(moment: datetime) -> str:
    on = clock.uk(moment)
    return f"{on.day} {on:%B %Y}"
