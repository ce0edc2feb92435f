"""The consultation statement: who was consulted, how, and what they said (regulation 15(2) asks for these), how far
the figures carry, and the line in which every response received is accounted for."""

from collections.abc import Iterator

from consult import clock
from consult.clearing.erasing import number_erased
from consult.consultations.words import beginning, day, moment
from consult.feedback.tallies import Reconciliation
from consult.feedback.words import STATUSES
from consult.reports import (
    appendix,
    considered,
    consulted,
    ground,
    others,
    own_words,
    raised,
    results,
    unusual,
)
from consult.reports.document import (
    Block,
    Cover,
    Facts,
    Number,
    Numbers,
    Picture,
    Points,
    Section,
    Statement,
    Table,
    Words,
)
from consult.reports.material import Material, own
from consult.reports.results import counted
from consult.responses.words import CHANNELS
from consult.spaces.models import standing

SHORT_HASH = 12
LISTED = "The file places.geojson lists every place with its words."


def statement(given: Material) -> Statement:
    return Statement(cover(given), list(sections(given)), given.at)


def cover(given: Material) -> Cover:
    consultation, version = given.consultation, given.consultation.plan_version
    opens, closes = consultation.opens, consultation.closes
    return Cover(
        body=standing().name,
        title=given.own.get(own_words.TITLE, "Consultation statement"),
        about=consultation.title,
        plan=f"{version.title}, version {version.number}" if version else "",
        dates=f"{beginning(opens)} to {moment(closes)} UK time" if opens and closes else "",
        layer=given.layer,
        as_of=f"As the responses stood on {moment(given.at)} UK time",
        snapshot=given.snapshot,
        own=given.own.get(own_words.COVER, ""),
    )


def sections(given: Material) -> Iterator[Section]:
    a, b, c, d = "abcd" if given.consultation.kind.on_the_plan else [""] * 4
    if own_words.INTRODUCTION in given.own:
        yield Section("Introduction", list(own(given, own_words.INTRODUCTION)))
    yield Section("About this statement", list(about(given)))
    yield Section(chapter(a, "Who was consulted"), [*who(given), *own(given, "who")])
    yield Section(chapter(b, "How they were consulted"), [*how(given), *own(given, "how")])
    yield from others.sections(given)
    yield Section(chapter(c, "What people said"), [*headline(given), *own(given, "said")])
    yield Section("The main issues and concerns raised", list(raised.issues(given)), level=2)
    yield from results.questions(given.board)
    yield Section("Places", list(places(given)), level=2)
    if d or given.answered:
        yield from considered.sections(given, chapter(d, "How it was considered and addressed"))
    yield Section("Who responded, and for whom they speak", [*represented(given), *own(given, "represented")])
    yield Section("Method", [*method(given), *own(given, "method")])
    yield Section("Limits", [Points(limits(given)), *unusual.told(given), *own(given, "limits")])
    yield Section("Every response accounted for", list(reconciled(given)))
    if given.public:
        yield from appendix.cleared(given.facts, given.said)
    else:
        yield from appendix.sections(given.consultation, given.facts, given.voices, given.points)


def chapter(letter: str, words: str) -> str:
    """Under the letter of regulation 15(2) that asks for it."""
    return f"({letter}) {words}" if letter else words


def about(given: Material) -> Iterator[Block]:
    stage = given.consultation.kind
    under = (
        f" under {stage.regulation} of the Neighbourhood Planning (General) Regulations 2012"
        if stage.regulation
        else ""
    )
    yield Words(
        f"{standing().name} held this consultation{under}. "
        "This statement says who was consulted, how, and what they said."
    )
    if stage.on_the_plan:
        yield Words(
            "Regulation 15(2) asks a consultation statement for four things, and this one has a chapter for each: "
            "(a) who was consulted, (b) how, (c) the main issues and concerns raised, and (d) how they were "
            "considered and, where relevant, addressed."
        )
    yield Numbers(
        [
            Number(f"{given.line.received:,}", "responses received"),
            Number(f"{given.line.counted:,}", "responses counted"),
            Number(f"{given.board.number('counted').people or 0:,}", "people they speak for"),
        ]
    )


def who(given: Material) -> Iterator[Block]:
    area = given.consultation.area_version
    where = f"the neighbourhood area ({area.hectares:,.0f} hectares)" if area else "the area"
    yield Words(
        f"Everyone who lives, works or runs a business in {where} could respond, "
        "and so could anyone else with an interest in it."
    )
    if given.outline is not None:
        name = f"The neighbourhood area of {standing().name}"
        svg = ground.picture(given.outline, [], title=name, description=name)
        yield Picture(name, f"Map: {name[:1].lower()}{name[1:]}, outlined on the district’s base map.", svg)
    yield from consulted.bodies(given.consultation, public=given.public)


def how(given: Material) -> Iterator[Block]:
    consultation = given.consultation
    opens, closes = consultation.opens, consultation.closes
    rows = [
        ("Stage", str(consultation.kind.words)),
        ("First publicised", day(consultation.first_publicised) if consultation.first_publicised else ""),
        ("Opened", beginning(opens) if opens else ""),
        (
            "Closed" if closes and closes <= given.at else "Closes",
            f"{moment(closes)} UK time" if closes else "",
        ),
        ("Where the proposals could be seen", consultation.where_to_see),
        ("How people could respond", consultation.how_to_respond),
        (
            "How responses came",
            "; ".join(str(CHANNELS.get(channel, channel)).lower() for channel in given.facts.channels),
        ),
    ]
    yield Facts([(name, value) for name, value in rows if value])
    yield from consulted.ways(consultation, public=given.public)
    for extension in consultation.extensions:
        on, until = day(clock.uk(extension.at).date()), day(extension.last_day)
        yield Words(f"On {on} it was extended to the end of {until}: {extension.reason}")
    if consultation.summary:
        yield Words("People were told:")
        yield Words(consultation.summary)
    if given.facts.policies:
        yield Words("They were asked about these policies:")
        yield Points([results.name_of(policy) for policy in given.facts.policies])
    yield Words("They were asked these questions:")
    yield Points([f"{question.reference}. {question.title}" for question in given.facts.questions])


def headline(given: Material) -> Iterator[Block]:
    figure = given.board.number("counted")
    yield Words(
        f"{counted(figure.responses, 'response')} from {counted(figure.people, 'person', 'people')} are counted here. "
        "Each figure is given as responses and as people: an individual is one, those who sign together are as many "
        "as was entered for them, and an organisation is one."
    )


def places(given: Material) -> Iterator[Block]:
    asked = [question for question in given.facts.questions if question.kind == "place"]
    if not asked:
        yield Words("This consultation did not ask about places.")
        return
    number = sum(given.board.number(f"{question.reference}.places").value or 0 for question in asked)
    yield Words(f"The counted responses name {counted(number, 'place')}.")
    if given.public:
        yield Words("A place can tell who spoke of it, so none is shown in this version.")
        return
    pointed = [point for point in given.points if point.is_place]
    if any(point.geometry is not None for point in pointed):
        caption = "Where the counted responses point"
        svg = ground.picture(given.outline, pointed, title=caption, description=caption)
        yield Picture(caption, f"Map: {caption[:1].lower()}{caption[1:]}. {LISTED}", svg)
    yield Words(f"A place that was described in words only is not on a map. {LISTED}")


def represented(given: Material) -> Iterator[Block]:
    yield Words(SELF_SELECTED)
    yield Words("Those who responded say of themselves:")
    yield from results.who_responded(given.board)
    if given.public:
        yield Words(results.KEPT_BACK_MEANS)


SELF_SELECTED = (
    "Whoever wished to respond did. Those who respond are not a sample of those who live here, so the figures say "
    "what was raised and how often, and never how the whole area would vote. They are not weighted."
)


def method(given: Material) -> Iterator[Block]:
    items = [
        "A response received after the close is kept and marked late. It is read with the others and is not in the "
        "figures.",
        "A duplicate, a withdrawn response and one excluded for a stated reason are kept and are not in the figures.",
        "Where somebody lives is worked out from the postcode they gave, or else from their own word. Nobody is left "
        "out for living elsewhere.",
        "Figures are counted once, from a frozen snapshot, and shown alike in every file of this report. The command "
        "“flask reports verify” counts them again.",
    ]  # fmt: skip
    if raised.themes(given):
        items.append(raised.how_read(given))
    if given.public:
        items.append(results.KEPT_BACK_MEANS)
    yield Points(items)
    facts = [("Snapshot", given.snapshot), ("Taken", f"{moment(given.at)} UK time")]
    if given.audit_head:
        facts.append(("Head of the audit log", given.audit_head))
    yield Facts(facts)


def limits(given: Material) -> list[str]:
    found = [
        "This is not a survey, and no figure is a vote: nothing here says what those think who did not respond.",
        "A postcode is a point for about 15 addresses, so who lives inside the area is known only that well.",
        "Somebody may both live and work in the area, so the groups by connection overlap.",
        "What people pointed at and where they live are two things.",
    ]
    if raised.themes(given):
        found.append(
            "A theme is what a reader found in the words. Another reader may sort some of them otherwise."
        )
    return found


def reconciled(given: Material) -> Iterator[Block]:
    yield Table(
        "Responses received, and what became of them",
        ["Responses", "Number"],
        [[str(words), f"{given.board.line[name]:,}"] for name, words in STATUSES.items()],
    )
    yield Words(line_of(given.line))
    if erased := number_erased(given.consultation):
        yield Words(
            f"The words of {counted(erased, 'response')} were erased afterwards, and who sent them. Each is in the "
            "line above as it was; “[erased]” stands where words stood."
        )


def line_of(line: Reconciliation) -> str:
    """received = counted + duplicates + late + withdrawn + excluded, in one line."""
    return (
        f"{line.received:,} received = {line.counted:,} counted + {line.duplicates:,} duplicates + {line.late:,} late "
        f"+ {line.withdrawn:,} withdrawn + {line.excluded:,} excluded"
    )
