"""Names for invented people, from the many places that an English town's people come from."""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

FIRST: Final[dict[str, str]] = {
    "english": "Margaret John Susan Alan Emily Jack Pauline Derek Chloe Oliver Beryl Keith Hannah Thomas "
    "Jean Martin Rosie Callum Sheila Graham Lucy Daniel Wendy Colin Megan Joshua Doreen Nigel "
    "Abigail Harvey Tracey Lee",
    "south_asian": "Amarjit Fatima Harpreet Imran Nasreen Rajesh Shazia Tariq Priya Kulwinder Yusuf "
    "Anjali Rubina Balbir Meera Sajid Farhana Dev",
    "polish": "Agnieszka Piotr Katarzyna Tomasz Magdalena Krzysztof Ewa Marcin Zofia Jakub",
    "west_african": "Adebayo Ama Chinedu Folasade Kwame Ngozi Oluwaseun Efua Ibrahim Abena",
    "welsh": "Rhiannon Gareth Eleri Dafydd Bethan Huw Carys Emyr",
    "irish": "Siobhán Declan Aoife Brendan Gráinne Eamonn",
    "caribbean": "Delroy Marcia Winston Yvonne Errol Shanice",
    "european": "Ioana Beatriz Mihai Camille João Elena Luís Giulia",
    "chinese": "Wei Ming Hui-Fen Kar-Wai Siu-Ling Jun",
}
LAST: Final[dict[str, str]] = {
    "english": "Ashpole Bracewell Cattermole Dunmore Elverson Fairbrass Garside Hebblewhite Ibbotson "
    "Jessop Kettle Lovegrove Merriweather Nettleship Ormerod Pettigrew Quested Ramsbottom "
    "Skelton Thackray Underhill Vickery Wragg Yarwood Tolliver Bickerdike Hallam Mudd O'Dell "
    "Featherstone-Hall Speight Tranter Ackroyd Beswick Colley Drabble Entwistle Furnell Gedge "
    "Horrocks Inskip Kitching Lomax Mossop Nuttall Openshaw Pickersgill Rudge Sowerby "
    "Tattersall Unsworth Wigley",
    "south_asian": "Ahmed Begum Chaudhry Dhillon Hussain Iqbal Kaur Malik Patel Rahman Sandhu Sharma "
    "Uddin Verma",
    "polish": "Kowalczyk Nowak Wójcik Mazur Kaczmarek Woźniak Pawlak Bąk",
    "west_african": "Adeyemi Boateng Eze Mensah Okafor Owusu Sesay Balogun",
    "welsh": "ap-Rhys Bevan Gwilym Llewellyn Probert Prosser",
    "irish": "O'Hanrahan Devane Gallagher Mulcahy Tierney",
    "caribbean": "Campbell Ferguson Gayle Blackwood Nembhard",
    "european": "Popescu Ferreira Ionescu Lefèvre Santos Ricci",
    "chinese": "Cheung Lin Tsang Zhao Lau",
}
SHARE: Final[dict[str, int]] = {
    "english": 60,
    "south_asian": 14,
    "polish": 6,
    "west_african": 5,
    "welsh": 4,
    "irish": 3,
    "caribbean": 3,
    "european": 3,
    "chinese": 2,
}


class Person(NamedTuple):
    first: str
    last: str
    origin: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


def person(dice: Random, origin: str | None = None) -> Person:
    origin = origin or dice.choices(list(SHARE), list(SHARE.values()))[0]
    surname_from = origin if dice.random() < 0.93 else dice.choice(list(LAST))
    return Person(dice.choice(FIRST[origin].split()), dice.choice(LAST[surname_from].split()), origin)


def couple(dice: Random) -> Person:
    """Two people at one address who answer together."""
    one, other = person(dice), person(dice)
    return Person(f"{one.first} and {other.first}", one.last, one.origin)
