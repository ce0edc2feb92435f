"""Numbers that stand for one person: telephone, National Insurance, vehicle registration."""

import re
from collections.abc import Iterator

import phonenumbers

LONGEST_TRIED = 300  # candidates that the matcher looks at in one text
# Ten or eleven digits that begin as numbers of this country do: also those kept for stories, which nobody is given.
UK_PHONE = re.compile(
    r"(?<![\d.,£+])(?:(?:\+|00)\s?44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)\d(?:[\s().-]{0,2}\d){8,9}(?!\d|[,.]\d)"
)
# HM Revenue & Customs, National Insurance Manual NIM39110: the letters that are used, and those that are not.
NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-D]\b",
    re.IGNORECASE,
)
# Driver and Vehicle Licensing Agency, INF104: the styles since 2001, 1983 and 1963. A policy or a road is written as
# the shorter of the older ones are, so those are left alone.
REGISTRATIONS = (
    re.compile(r"\b[A-HJ-PR-Y]{2}\d{2}[ -]?([A-HJ-PR-Z]{3})\b"),
    re.compile(r"\b[a-hj-pr-y]{2}\d{2}([a-hj-pr-z]{3})\b"),
    re.compile(r"\b[A-HJ-NPR-TV-Y]\d{2,3}[ -]?([A-HJ-PR-TV-Y]{3})\b"),
    re.compile(r"\b([A-HJ-PR-Y]{3})[ -]?\d{3}[A-HJ-NPR-TV-Y]\b"),
)
NO_PLATE = frozenset([
    "ALL", "AND", "ANY", "ARE", "BUS", "BUT", "CAN", "CAR", "FOR", "GET", "HAS", "HAD", "HER", "HOW", "LAY",
    "LET", "MAY", "NEW", "NOR", "NOT", "NOW", "OLD", "ONE", "OUR", "OUT", "OWN", "PER", "PUT", "SAY", "SEE",
    "THE", "TOO", "TWO", "USE", "WAS", "WAY", "WHO", "WHY", "YES", "YET", "YOU",
])  # fmt: skip


def phones(text: str) -> Iterator[tuple[int, int]]:
    for found in phonenumbers.PhoneNumberMatcher(
        text, "GB", phonenumbers.Leniency.VALID, max_tries=LONGEST_TRIED
    ):
        yield found.start, found.end
    for number in UK_PHONE.finditer(text):
        yield number.start(), number.end()


def national_insurance(text: str) -> Iterator[tuple[int, int]]:
    for found in NATIONAL_INSURANCE.finditer(text):
        yield found.start(), found.end()


def registrations(text: str) -> Iterator[tuple[int, int]]:
    for style in REGISTRATIONS:
        for found in style.finditer(text):
            if found[1].upper() not in NO_PLATE:
                yield found.start(), found.end()
