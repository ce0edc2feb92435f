"""Where somebody lives: a whole postcode, or a number in a street. A street by itself is what plans are about."""

import re
from collections.abc import Iterator

# Royal Mail's postcode areas (BS 7666 gives the form of what follows).
AREAS = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK|FY|"
    "GL|GU|GY|G|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|NP|NR|"
    "NW|N|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|TW|UB|"
    "WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE"
)
POSTCODE = re.compile(
    rf"\b(?=[A-Z]{{1,2}}\d)(?:{AREAS})\d[\dA-Z]?[ \u00a0]{{0,2}}(\d[ABD-HJLNP-UW-Z]{{2}})\b", re.IGNORECASE
)
ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")  # “the B1 2nd”

STREET = (
    "street|st|road|rd|lane|ln|avenue|ave|close|drive|gardens|gdns|court|crescent|cres|terrace|place|way|walk|grove|hill|"
    "square|row|mews|rise|view|green|park|parade|yard|wharf|quay|croft|mead|meadow|meadows|end|bank|path|fold|gate"
)
SPACE = r"[ \u00a0]"
FLAT = rf"(?:(?:flat|apartment|apt|unit){SPACE}\w{{1,4}},?{SPACE}{{1,2}})?"
NUMBER = rf"{FLAT}\d{{1,4}}[a-z]?(?:{SPACE}?[-–/]{SPACE}?\d{{1,4}}[a-z]?)?"
WORD = r"[^\W\d_][\w'’-]{0,30}\.?"
NAME = rf"{WORD}(?:{SPACE}{WORD}){{0,3}}?"
ADDRESS = re.compile(
    rf"(?<![\w.,£/-])(?P<number>{NUMBER}),?{SPACE}{{1,2}}(?P<name>{NAME}){SPACE}(?:{STREET})\b", re.IGNORECASE
)
YEARS = range(1800, 2200)  # “in 2019 Mill Lane was flooded”; houses seldom have such numbers
# What follows a number that counts, or measures, and is no house's.
COUNTED = frozenset([
    "a", "about", "acre", "acres", "an", "and", "are", "at", "away", "bed", "bedroom", "bedrooms", "bungalows",
    "busy", "buses", "by", "car", "cars", "children", "cottages", "day", "days", "dwellings", "extra",
    "families", "family", "feet", "flats", "foot", "for", "from", "ft", "ha", "hectare", "hectares", "home",
    "homes", "hour", "hours", "house", "houses", "in", "into", "is", "jobs", "km", "lane", "lanes", "main",
    "metre", "metres", "mile", "miles", "million", "minute", "minutes", "more", "mph", "narrow", "near", "new",
    "of", "off", "on", "or", "other", "out", "over", "parking", "people", "per", "plots", "residents", "shops",
    "side", "sided", "spaces", "storey", "storeys", "such", "than", "that", "the", "their", "this", "thousand",
    "times", "to", "trees", "units", "vehicles", "was", "way", "were", "wide", "with", "yards", "year", "years",
])  # fmt: skip


def postcodes(text: str) -> Iterator[tuple[int, int]]:
    for found in POSTCODE.finditer(text):
        if not ORDINAL.fullmatch(found[1]):
            yield found.start(), found.end()


def streets(text: str) -> Iterator[tuple[int, int]]:
    for found in ADDRESS.finditer(text):
        words = found["name"].split()
        if not any(word.casefold() in COUNTED for word in words) and not is_year(found["number"]):
            yield found.start(), found.end()


def is_year(number: str) -> bool:
    return number.isdecimal() and int(number) in YEARS
