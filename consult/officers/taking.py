"""What an authority takes of what it was handed, to publicise it: read from the records that came through the wall."""

from typing import Any, Final

from consult.areas import register
from consult.areas.application import consents
from consult.areas.application import pack as application_pack
from consult.areas.models import Application
from consult.consultations.handed.taking_in import File, Given
from consult.forums import pack
from consult.forums.completeness import SECTION_61F
from consult.forums.models import ForumApplication
from consult.spaces import law
from consult.spaces.models import standing
from consult.submitting.assembling import LETTERS
from consult.submitting.models import Submission, SubmissionFile, SubmittedConsultee

PROOF: Final = "proof-of-notices.csv"  # names people and their addresses
OF_A_SECTION: Final = ("key", "title", "text", "level")
OF_A_SITE: Final = ("reference", "name", "kind", "notes", "outline", "hectares")
OF_A_POLICY: Final = ("key", "reference", "title", "summary", "text", "section", "sites")
OF_A_BODY: Final = ("body", "organisation", "name", "email", "address")


def fact(key: str, regulation: str, title: str, words: str) -> dict[str, Any]:
    return {"key": key, "regulation": regulation, "title": title, "words": words}


def of_area(found: Application) -> Given:
    """Regulation 5: the map, the two statements, and the application as a document."""
    recorded = consents.standing_consents(found.space)
    content = application_pack.pdf(application_pack.sent(found, recorded))
    facts = [
        fact("name", "regulation 5(1)(a)", "Name of the area", found.name),
        fact("size", "", "Size", f"{found.hectares:,.1f} hectares"),
        fact("spans", "", "Authorities that decide", found.spans),
        fact("why", "regulation 5(1)(b)", "Why this is the right area", found.why_appropriate),
        fact("relevant", "regulation 5(1)(c)", "Why it is the body to apply", found.relevant_body),
        *(
            fact("consent", "section 61F(2)", f"Consent of {each.parish_name}", each.by_whom)
            for each in recorded
        ),
    ]
    return Given(
        kind="area",
        source_id=found.id,
        body=found.space,
        received=found.at,
        title=f"{found.name}: application for a neighbourhood area",
        name=found.name,
        outline=found.outline,
        said=[each for each in facts if each["words"]],
        documents=[File("area-application.pdf", "The area application", "application/pdf", content)],
    )


def of_forum(found: ForumApplication) -> Given:
    """Regulation 8, without the private list of members."""
    contact = (found.contact_name, found.contact_email, found.contact_phone, found.contact_address)
    conditions = law.since(SECTION_61F, found.conditions_from).points
    facts = [
        fact("name", "regulation 8(a)", "Name of the forum", found.name),
        fact("constitution", "regulation 8(b)", "Constitution", found.constitution),
        fact("area", "regulation 8(c)", "Area", f"{found.area_name}, {found.hectares:,.1f} hectares"),
        fact("contact", "regulation 8(d)", "Contact", ", ".join(filter(None, contact))),
        *(fact(p.key, p.where, p.name, found.statement.get(p.key, "")) for p in conditions),
    ]
    return Given(
        kind="forum",
        source_id=found.id,
        body=found.space,
        received=found.at,
        title=f"{found.name}: application to be the neighbourhood forum",
        name=found.area_name,
        outline=found.outline,
        said=[each for each in facts if each["words"]],
        documents=list(forum_files(found)),
    )


def forum_files(found: ForumApplication) -> list[File]:
    application = pack.pdf(pack.of_application(found))
    files = [File("forum-application.pdf", "The forum application", "application/pdf", application)]
    if found.constitution_file:
        name, kind = found.constitution_name, found.constitution_type
        name = f"constitution.{name.rpartition('.')[2].lower()}"
        files.append(File(name, "The constitution", kind, found.constitution_file))
    return files


def of_submission(found: Submission, chosen: set[str]) -> Given:
    """Regulation 15(1): the plan with its policies, its map, and of its files those that were chosen."""
    named = {item["key"]: item for item in found.items}
    told = to_notify(found)
    items = [named[key] for key in LETTERS if key in named and key != "area"]
    entry = (
        None if found.outline else register.entry_of(found.space_id)
    )  # before submissions carried their map
    return Given(
        kind="submission",
        source_id=found.id,
        body=found.space,
        received=found.at,
        title=f"{found.title}: the plan as submitted",
        name=found.title,
        area_name=found.area_name,
        outline=found.outline or (entry.outline if entry else None),
        said=[
            fact("area", "regulation 15(1)(a)", "Area", f"{found.area_name} ({found.area_reference})"),
            *(
                fact(item["key"], item["regulation"], item["title"], item["words"])
                for item in items
                if item["words"]
            ),
        ],
        documents=[
            File(file.name, title_of(file, named), file.media_type, file.content)
            for file in publishable(found)
            if file.name in chosen
        ],
        sections=[{name: getattr(each, name) for name in OF_A_SECTION} for each in found.sections],
        sites=[{name: getattr(each, name) for name in OF_A_SITE} for each in found.sites],
        policies=[{name: getattr(each, name) for name in OF_A_POLICY} for each in found.policies],
        consultees=[{name: getattr(each, name) for name in OF_A_BODY} for each in told],
        names_bodies=bool(told) or not found.outline,
        variant=found.kind,
    )


def to_notify(found: Submission) -> list[SubmittedConsultee]:
    """The consultation bodies that came with it; the authority was one of them, and need not notify itself."""
    ourselves = standing().name.casefold()
    return [each for each in found.consulted if each.organisation.casefold() != ourselves]


def publishable(found: Submission) -> list[SubmissionFile]:
    """The files of what regulation 15(1) names; the index and its checksums are for the authority."""
    return [file for file in found.files if file.item in LETTERS]


def holds_back(file: SubmissionFile) -> bool:
    """What is not offered to everyone unless an officer chooses it."""
    return file.name.endswith(PROOF)


def title_of(file: SubmissionFile, named: dict[str, Any]) -> str:
    item = named.get(file.item)
    return f"{item['title']}: {file.name}" if item else file.name
