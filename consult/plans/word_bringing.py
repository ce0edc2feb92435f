"""What a person has chosen for each heading of a Word file, brought into the plan as one act, or not at all."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from wtforms import ValidationError

from consult.plans.forms import KINDS, REFERENCE
from consult.plans.models import PlanVersion, Section
from consult.plans.word_reading import Part
from consult.plans.word_uploads import WordUpload
from consult.plans.wording import too_long
from consult.plans.writing_forms import MOST_OF_A_POLICY, MOST_OF_A_SECTION, refuse_ending

CHOICES: Final = {
    "section1": "A section",
    "section2": "A section within it",
    "section3": "A section deeper still",
    "policy": "A policy",
    "text": "Words of what stands above",
    "leave": "Left out",
}
HOW: Final = {
    "replace": "Take the place of what is written here",
    "add": "Come after what is written here",
}
UNTITLED: Final = "Introduction"


@dataclass(frozen=True)
class Piece:
    """A section or a policy to be: `number` is that of its part in the file."""

    number: int
    title: str
    text: str
    level: int = 0  # 0: a policy
    reference: str = ""


def pieces(parts: list[Part]) -> list[Piece]:
    """The parts as they were chosen, words joined to what they belong to."""
    found: list[Piece] = []
    for number, part in enumerate(parts):
        if part.choice == "policy":
            found.append(Piece(number, part.title, part.text, 0, part.reference))
        elif part.choice.startswith("section"):
            found.append(Piece(number, part.title or UNTITLED, part.text, int(part.choice[-1])))
        elif part.choice == "text":
            join(found, number, part)
    return found


def join(found: list[Piece], number: int, part: Part) -> None:
    """Words after a policy's box go to the section that it stands in; others to whatever is above."""
    after_box = not part.heading
    at = max((n for n, each in enumerate(found) if each.level or not after_box), default=None)
    words = "\n\n".join(filter(None, [f"#### {part.heading}" if part.heading else "", part.text]))
    if at is None:
        found.insert(0, Piece(number, UNTITLED, words, 1))
    else:
        found[at] = replace(found[at], text="\n\n".join(filter(None, [found[at].text, words])))


def problems(found: list[Piece], version: PlanVersion | None, adding: bool) -> dict[int, str]:
    """By the number of the part: why it cannot be brought in as it is."""
    taken = {p.reference.casefold() for p in version.policies} if version and adding else set()
    wrong: dict[int, str] = {}
    for piece in found:
        most = MOST_OF_A_SECTION if piece.level else MOST_OF_A_POLICY
        if len(piece.text) > most:
            wrong[piece.number] = f"Its words are longer than {most:,} characters: give parts of it headings."
        elif too_long(piece.text):
            wrong[piece.number] = "Its tables are too large for a page: leave it out, or make them smaller."
        elif not piece.level:
            sentence = wrong_reference(piece.reference, taken)
            if sentence:
                wrong[piece.number] = sentence
            taken.add(piece.reference.casefold())
    return wrong


def wrong_reference(reference: str, taken: set[str]) -> str:
    if not reference:
        return "Enter the policy’s reference, such as H1."
    if not REFERENCE.fullmatch(reference) or len(reference) > 20:
        return "Use only letters, numbers, full stops and hyphens in the reference, 20 at most, such as H1."
    if reference.casefold() in taken:
        return f"There is already a policy {reference}. Give this one another reference."
    try:
        refuse_ending(reference)
    except ValidationError as problem:
        return str(problem)
    return ""


def bring_in(version: PlanVersion, upload: WordUpload, found: list[Piece], adding: bool) -> None:
    """Everything at once; what had the same heading or reference here keeps its name in addresses, and its land."""
    keeps = Kept.of(version)
    if not adding:
        clear(version)
    section: Section | None = None
    for piece in found:
        if piece.level:
            key = "" if adding else keeps.sections.pop(piece.title.casefold(), "")
            section = version.add_section(piece.title, piece.text, piece.level, key=key)
            continue
        old = None if adding else keeps.policies.pop(piece.reference.casefold(), None)
        summary, key, lands = old or ("", "", frozenset[UUID]())
        policy = version.add_policy(piece.reference, piece.title, summary, piece.text, section, key)
        version.link_sites(policy, [site for site in version.sites if site.land_id in lands])
    name = free_name(version, upload.name)
    version.add_document(
        name, f"{version.title}, as it came from Word", KINDS["docx"].media_type, upload.content
    )


@dataclass(frozen=True)
class Kept:
    sections: dict[str, str]
    policies: dict[str, tuple[str, str, frozenset[UUID]]]

    @classmethod
    def of(cls, version: PlanVersion) -> "Kept":
        sections = {section.title.casefold(): section.key for section in reversed(version.sections)}
        policies = {
            policy.reference.casefold(): (
                policy.summary,
                policy.key,
                frozenset(site.land_id for site in policy.sites),
            )
            for policy in version.policies
        }
        return cls(sections, policies)


def clear(version: PlanVersion) -> None:
    for policy in list(version.policies):
        version.remove(policy)
    for section in reversed(list(version.sections)):
        version.remove_section(section)


def free_name(version: PlanVersion, name: str) -> str:
    stem, _, ending = name.rpartition(".")
    number, free = 1, name
    while version.document(free):
        number += 1
        free = f"{stem}-{number}.{ending}"
    return free
