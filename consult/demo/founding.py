"""How the district began here: the authority with its map, the bodies, and who was admitted and designated."""

from typing import Final

import sqlalchemy as sa

from consult import audit, tenancy
from consult.accounts.models import Person
from consult.areas.loaded.postcodes import normalised
from consult.areas.maps import keep_base_map
from consult.areas.models import Postcode
from consult.database import db
from consult.demo import borders, past, people
from consult.demo.district import Area, District, base_map
from consult.demo.people import Accounts
from consult.spaces.commands import authority_called
from consult.spaces.founding import found
from consult.spaces.models import Space

DESIGNATED_FORUMS: Final = ("highfold", "oldbridge")
FOUNDED_DAYS_AGO: Final = {
    "highfold": 610,
    "nether-tarrow": 560,
    "oldbridge": 480,
    "station-fields": 110,
    "tannery-wharf": 60,
}
COLOURS: Final = {
    "tarrow-vale": "#1d4f6b",
    "highfold": "#3f5d2c",
    "nether-tarrow": "#6b3f08",
    "station-fields": "#5e1c4b",
    "oldbridge": "#164a70",
    "tannery-wharf": "#7a3418",
}
ABOUT: Final = {
    "tarrow-vale": "The planning authority of Tarrowbridge and the villages around it.",
    "highfold": "We live on the hill above Tarrowbridge and are writing a plan for it, one evening a week.",
    "nether-tarrow": "The parish council of the villages down the river. Our draft plan is ready to be read.",
    "station-fields": "Neighbours from both sides of the railway, just beginning: tell us what matters to you.",
    "oldbridge": "The old town and its bridge. We are looking for land that our plan should think about.",
    "tannery-wharf": "People from the wharf and the tannery yards. We have only begun.",
}
STREETS: Final = {
    "tarrow-vale": "The Guildhall, High Street, Tarrowbridge",
    "highfold": "Fold Park Pavilion, Mere Way, Tarrowbridge",
    "nether-tarrow": "Parish Room, Ferry Lane, Nether Tarrow",
    "station-fields": "Signal Gardens Hut, Station Fields, Tarrowbridge",
    "oldbridge": "St Wenna’s Rooms, High Street, Tarrowbridge",
    "tannery-wharf": "The Lime Shed, Wharf Road, Tarrowbridge",
}
PHONES: Final = {  # of the range that is kept for invented people
    "tarrow-vale": "01632 960200",
    "highfold": "01632 960211",
    "nether-tarrow": "01632 960223",
    "station-fields": "01632 960234",
    "oldbridge": "01632 960245",
    "tannery-wharf": "01632 960256",
}


def space_of(slug: str) -> Space:
    return db.session.scalars(sa.select(Space).where(Space.slug == slug)).one()


def begin(place: District, accounts: Accounts) -> Space:
    """The operator, the authority and its officer, the base map, the postcodes, the boundaries."""
    with past.at(past.on(past.day(640))):
        operator = accounts.make_operator()
        authority = authority_called(people.AUTHORITY, place.authority_name)
        with tenancy.inside(authority.id, operator.id):
            officer = accounts.join(people.OFFICER, authority, operator)
            introduce(authority, officer.name, officer)
            db.session.flush()
        keep_base_map(authority.id, base_map(place), f"{place.name} is an invented place.")
        keep_postcodes(place)
        borders.keep(place)
    return authority


def keep_postcodes(place: District) -> None:
    for postcode in place.postcodes:
        code = normalised(postcode.code)
        assert code is not None
        at = {"easting": round(postcode.at.x), "northing": round(postcode.at.y)}
        db.session.add(Postcode(code=code, **at))
    db.session.flush()


def found_body(area: Area, authority: Space, accounts: Accounts) -> Space:
    """A body starts its space, is admitted the next day, and its chair invites the others."""
    since = past.day(FOUNDED_DAYS_AGO[area.slug])
    with past.at(past.on(since, 19)):
        chair = accounts.make(people.CHAIRS[area.slug])
        body = found(area.kind, area.body_name, area.slug, authority, chair)
        with tenancy.inside(body.id, chair.id):
            introduce(body, chair.name, chair)
            for player in people.OTHERS:
                if player.space == area.slug:
                    accounts.join(player, body, chair)
            db.session.flush()
    officer = people.officer()
    with past.working(authority, officer, past.on(past.day(FOUNDED_DAYS_AGO[area.slug] - 1), 11)):
        body.admit(by=officer)
    if area.slug in DESIGNATED_FORUMS:
        on = past.day(FOUNDED_DAYS_AGO[area.slug] - 90)
        with past.working(authority, officer, past.on(on, 15)):
            body.designate(on, by=officer)
    return body


def introduce(space: Space, contact: str, by: Person) -> None:
    """What the space says of itself, as its settings page would save it."""
    said = {
        "about": ABOUT[space.slug],
        "colour": COLOURS[space.slug],
        "contact_name": contact,
        "contact_email": f"plan@{space.slug}.example.org",
        "contact_phone": PHONES[space.slug],
        "contact_address": STREETS[space.slug],
    }
    for name, words in said.items():
        setattr(space, name, words)
    audit.record("space.settings_changed", space.name, by=by, changed=list(said))
