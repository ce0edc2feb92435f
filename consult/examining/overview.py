"""How far an authority is with the representations: received, checked, cleared, published, with the examiner, decided;
how many are left of each, and what comes next."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from consult.clearing.comments import SUMMARIES, publication_policy
from consult.clearing.queue import number_waiting
from consult.consultations.models import Consultation
from consult.entering.checking import waiting_in
from consult.examining.building import bundles_of
from consult.examining.models import Bundle, BundleReader, RepresentationsPublication
from consult.examining.published import publication_of
from consult.examining.reading import readers_of
from consult.feedback import tallies
from consult.feedback.tallies import Reconciliation

MOST_CHECKED = 50  # `waiting_in` names so many at most


@dataclass(frozen=True)
class Overview:
    line: Reconciliation
    unchecked: int
    waiting: int
    closed: bool
    summaries: bool
    publication: RepresentationsPublication | None
    bundles: list[Bundle]
    readers: list[BundleReader]

    @property
    def built(self) -> bool:
        return any(bundle.built for bundle in self.bundles)

    @property
    def handed(self) -> bool:
        return any(reader.capacity == "examiner" and reader.may_fetch() for reader in self.readers)


def of(consultation: Consultation) -> Overview:
    return Overview(
        line=tallies.reconciliation(tallies.take(consultation)),
        unchecked=len(waiting_in(consultation)),
        waiting=number_waiting(consultation),
        closed=consultation.state() == "closed",
        summaries=publication_policy(consultation) == SUMMARIES,
        publication=publication_of(consultation),
        bundles=bundles_of(consultation),
        readers=readers_of(consultation),
    )


def steps(consultation: Consultation, now: Overview) -> list[dict[str, Any]]:
    """For the list of what to do: the first that is not done is the next."""
    return [*before_the_close(consultation, now), *after_the_close(consultation, now)]


def before_the_close(consultation: Consultation, now: Overview) -> list[dict[str, Any]]:
    """What can be done from the first representation on."""

    def step(text: str, endpoint: str, left: int, hint: str) -> dict[str, Any]:
        href = url_for(endpoint, reference=consultation.reference)
        done, opened = now.closed and not left, now.line.received > 0
        return {"text": text, "href": href, "done": done, "open": opened, "hint": hint}

    so_far = "" if now.closed else " so far; the consultation is open"
    waits = number(now.unchecked, "sheet waits", "sheets wait", MOST_CHECKED)
    return [
        step("Receive", "feedback.figures", 0, f"{received(now)}{so_far}."),
        step(
            "Check what was typed in",
            "entering.checks",
            now.unchecked,
            f"{waits if now.unchecked else 'Nothing waits'} for the second person.",
        ),
        step("Clear for publication", "clearing.queue", now.waiting, clearing_words(now)),
    ]


def after_the_close(consultation: Consultation, now: Overview) -> list[dict[str, Any]]:
    page = url_for("examining.overview", reference=consultation.reference)

    def step(text: str, part: str, done: bool, hint: str) -> dict[str, Any]:
        return {"text": text, "href": f"{page}#{part}", "done": done, "open": now.closed, "hint": hint}

    readable = "Everyone can read them." if now.publication else "Nobody else can read them yet."
    return [
        step("Publish", "publication", now.publication is not None, readable),
        step(
            "Make the examiner’s bundle",
            "bundles",
            now.built,
            "Everything that regulation 17 names, unredacted and indexed.",
        ),
        step("Name the examiner", "readers", now.handed, "Only people who are named can fetch it."),
    ]


def received(now: Overview) -> str:
    return number(now.line.received, "representation", "representations")


def clearing_words(now: Overview) -> str:
    if now.summaries:
        return "Nothing to clear: people were told that only numbers and summaries are published."
    if not now.waiting:
        return "Nothing waits to be read."
    return f"{number(now.waiting, 'representation waits', 'representations wait')} to be read and redacted."


def number(many: int, one: str, more: str, most: int = 0) -> str:
    if most and many >= most:
        return f"{most} or more {more}"
    return f"{many:,} {one if many == 1 else more}"
