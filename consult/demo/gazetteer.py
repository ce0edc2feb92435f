"""What the mapmaker decided before the dice were thrown: where things are and what they are called.

Every name is invented. Positions are metres from the district's south-west corner.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from consult.demo.strokes import Xy

ORIGIN: Final[Xy] = (430_000, 250_000)
TOWN: Final = "Tarrowbridge"
TOWN_CENTRE: Final[Xy] = (7000, 5400)
RIVER_NAME: Final = "River Tarrow"
POSTCODE_AREA: Final = "TB"  # no area of the real postcode system has these letters

OUTLINE: Final[list[Xy]] = [
    (500, 900),
    (2600, 350),
    (5200, 750),
    (7600, 200),
    (10400, 600),
    (12600, 300),
    (13700, 1900),
    (13300, 4300),
    (13800, 6700),
    (13200, 9300),
    (11300, 10700),
    (8600, 10300),
    (6100, 10800),
    (3400, 10300),
    (1200, 10600),
    (300, 8700),
    (800, 6300),
    (250, 3700),
]

TOWN_EDGE: Final[list[Xy]] = [
    (9050, 5300),
    (8950, 6500),
    (8250, 7350),
    (7100, 7650),
    (5950, 7300),
    (5050, 6650),
    (4800, 5500),
    (5150, 4350),
    (5950, 3650),
    (7050, 3300),
    (8200, 3550),
    (8850, 4300),
]

RIVER: Final[list[Xy]] = [
    (-400, 8700),
    (1300, 8250),
    (2700, 7600),
    (4000, 7050),
    (5000, 6350),
    (6000, 5750),
    (7000, 5400),
    (8000, 5250),
    (9200, 4500),
    (10400, 4150),
    (11700, 3350),
    (13000, 3000),
    (14500, 2200),
]

BROOKS: Final[dict[str, list[Xy]]] = {
    "Haddle Brook": [(2100, 10900), (2900, 9700), (3300, 8500), (3700, 7250)],
    "Emmery Brook": [(4700, -200), (5900, 1300), (6300, 2700), (5600, 4200), (5500, 5300), (5750, 5800)],
    "Quill Water": [(14200, 7800), (12400, 7100), (10900, 6100), (10300, 5000), (10100, 4300)],
    "Salling Dyke": [(9900, -200), (10900, 900), (12000, 1700), (12500, 3100)],
    "Wicken Beck": [(8300, 10700), (8000, 9200), (7700, 7800), (7500, 6700), (7600, 5350)],
}

RAILWAY: Final[list[Xy]] = [
    (11400, 11400),
    (10200, 9400),
    (8950, 7500),
    (8250, 6300),
    (7900, 5250),
    (7650, 4300),
    (6900, 2800),
    (5400, 1400),
    (4400, -400),
]
STATION: Final[Xy] = (8250, 6300)

# Laid in this order: a later road ends on the earlier one that it reaches.
MAJOR_ROADS: Final[dict[str, list[Xy]]] = {
    "High Street": [(6900, 6150), (6990, 5800), (7020, 5400), (6960, 5000), (6960, 4720)],
    "Wickenthorpe Road": [(6900, 6150), (6750, 7300), (6850, 9000), (6400, 11400)],
    "Emmery Road": [(6960, 4720), (7150, 3500), (6950, 1900), (7200, -400)],
    "Haddle Road": [(6900, 6150), (5700, 6750), (4200, 7900), (2400, 9400), (200, 10900)],
    "Quillby Road": [(6900, 6150), (8000, 6600), (9600, 7100), (10900, 7600), (14400, 8500)],
    "Dunnock Road": [(6960, 4720), (5600, 4500), (3900, 4700), (2600, 4400), (-400, 4400)],
    "Nether Road": [(6960, 4720), (8100, 4150), (9100, 3500), (10200, 2700), (11500, 1500), (13100, -400)],
    "Wharf Road": [(8250, 4080), (8560, 4700), (8600, 5600), (8550, 6780)],
    "Southern Way": [(5750, 4520), (6050, 3950), (7110, 3720), (8050, 4180)],
    "Mere Way": [(5800, 6700), (6200, 7150), (6770, 7180), (7500, 7050), (8050, 6620)],
}
LANES: Final[dict[str, list[Xy]]] = {
    "Haddle Lane": [(6850, 9000), (5200, 9500), (3700, 9400), (2400, 9400)],
    "Burrow Lane": [(6850, 9000), (8300, 9700), (9900, 9700)],
    "Quill Lane": [(9900, 9700), (10300, 8700), (10900, 7600)],
    "Fenny Lane": [(10900, 7600), (11600, 6400), (12000, 5400)],
    "Ferry Lane": [(12000, 5400), (11000, 4300), (10200, 2700)],
    "Saltway": [(10200, 2700), (11600, 2400), (12600, 1700)],
    "Ridge Lane": [(10200, 2700), (8600, 1900), (6950, 1900)],
    "Drovers' Lane": [(6950, 1900), (5200, 2300), (3500, 1800)],
    "Cobbley Lane": [(3500, 1800), (2700, 3000), (2600, 4400)],
    "Withy Lane": [(2600, 4400), (2200, 5600), (2500, 6750)],
    "Ford Lane": [(2500, 6750), (2300, 8000), (2400, 9400)],
    "Mill Lane": [(2500, 6750), (3900, 6200), (5300, 6000), (5700, 6100)],
    "Causeway": [(12000, 5400), (10400, 5500), (8580, 5500)],
    "Beacon Lane": [(9900, 9700), (9700, 11400)],
    "Marsh Lane": [(12600, 1700), (14400, 1200)],
    "Heath Lane": [(3500, 1800), (1600, 1200), (200, 300)],
    "Osier Lane": [(2500, 6750), (-400, 7100)],
    "Fen Drove": [(12000, 5400), (14400, 5000)],
    "Coldharbour Lane": [(4200, 7900), (4700, 9000), (5200, 9500)],
    "Sandpit Lane": [(3900, 4700), (4300, 3300), (5200, 2300)],
}

# Parish boundaries radiate from the town, some of them by the river.
PARISH_LINES: Final[list[list[Xy]]] = [
    [(7000, 5400), (7700, 8000), (7900, 11500)],
    [(7000, 5400), (4600, 8300), (3900, 11500)],
    [(7000, 5400), (10500, 6300), (14500, 6600)],
    [(7000, 5400), (4500, 5500), (2500, 5700), (-500, 5600)],
    [(7000, 5400), (4800, 3500), (2600, 2900), (-500, 2700)],
    [(7000, 5400), (5700, 3000), (5300, -500)],
    [(7000, 5400), (8300, 3000), (8700, -500)],
    [(7200, 8600), (10600, 8700), (14500, 9600)],
    [(11500, 3900), (11500, 1900), (11000, -500)],
]


class Somewhere(NamedTuple):
    name: str
    at: Xy


FORUMS: Final[dict[str, Somewhere]] = {
    "highfold": Somewhere("Highfold", (6150, 6600)),
    "station-fields": Somewhere("Station Fields", (7850, 6600)),
    "oldbridge": Somewhere("Oldbridge", (6200, 4700)),
    "tannery-wharf": Somewhere("Tannery Wharf", (7900, 4500)),
}
COUNCIL_SLUG: Final = "nether-tarrow"
COUNCIL: Final = Somewhere("Nether Tarrow", (10200, 2700))
PARISHES: Final[list[Somewhere]] = [
    Somewhere("Wickenthorpe", (6850, 9000)),
    Somewhere("Burrowden", (9900, 9700)),
    Somewhere("Quillby", (10900, 7600)),
    Somewhere("Fennicote", (12000, 5400)),
    Somewhere("Marsh Salling", (12600, 1700)),
    Somewhere("Long Emmery", (6950, 1900)),
    Somewhere("Stoke Dunnock", (3500, 1800)),
    Somewhere("Cobbley", (2600, 4400)),
    Somewhere("Over Tarrow", (2500, 6750)),
    Somewhere("Great Haddle", (2400, 9400)),
]

# Town greens take the whole block that the streets make around these points.
TOWN_GREENS: Final[list[tuple[str, str, Xy]]] = [
    ("Fold Park", "park", (6250, 6650)),
    ("Larch Hill Allotments", "allotments", (5750, 6330)),
    ("Mere Way Recreation Ground", "recreation ground", (6500, 7000)),
    ("Signal Gardens", "park", (7560, 6560)),
    ("Goods Yard Green", "park", (8420, 6050)),
    ("Bishop's Piece", "recreation ground", (7300, 7000)),
    ("Priory Park", "park", (6500, 5000)),
    ("Almshouse Green", "park", (6650, 4500)),
    ("Southern Cemetery", "cemetery", (6050, 4230)),
    ("St Wenna's Churchyard", "churchyard", (6800, 5120)),
    ("Ropewalk Gardens", "park", (7350, 4900)),
    ("Lime Pit Field", "recreation ground", (7650, 3950)),
    ("Tanners' Allotments", "allotments", (8250, 4700)),
]
COUNTRY_GREENS: Final[list[tuple[str, str, Xy, float]]] = [
    ("West Lammas", "common", (5960, 5330), 250),
    ("Nether Green", "common", (10380, 2560), 95),
    ("Tarrow Common", "common", (9450, 4000), 330),
    ("Burial Mound Field", "recreation ground", (9950, 2880), 85),
    ("Wicken Green", "common", (6980, 9080), 80),
    ("Quillby Leys", "common", (11350, 7900), 260),
    ("Emmery Heath", "common", (6300, 1500), 420),
    ("Great Haddle Park", "park", (3150, 9000), 330),
    ("Cobbley Moor", "common", (1700, 3800), 430),
    ("Over Meadow", "meadow", (3400, 6900), 230),
    ("Fennicote Wash", "meadow", (12500, 4300), 420),
]
WOODS: Final[list[tuple[str, Xy, float]]] = [
    ("Haddle Great Wood", (4300, 9700), 520),
    ("Hanger Wood", (8800, 8700), 360),
    ("Monk's Wood", (4100, 5600), 300),
    ("Bellringer Copse", (9050, 2350), 230),
    ("Foxearth Wood", (12300, 9000), 480),
    ("Pale Wood", (2300, 2300), 420),
    ("The Sallows", (11500, 3900), 190),
    ("Dunnock Wood", (4800, 3000), 330),
    ("Ox Wood", (8000, 1100), 340),
    ("Long Spinney", (12800, 6500), 210),
    ("Beacon Wood", (9000, 10150), 260),
    ("Withy Bed", (1500, 7600), 200),
    ("Ashpole Wood", (5500, 8600), 250),
    ("Cuckoo Copse", (10700, 1250), 170),
    ("Warren Wood", (1300, 9300), 260),
]

COPSES: Final = 26  # small ones, strewn over the countryside and named as they fall

# Housing sites that the plans allocate: block of the town by point, or a field by point and reach.
HOUSING_SITES: Final[list[tuple[str, str, str, Xy, float]]] = [
    ("highfold", "H-A", "Land at the old water tower", (5650, 7000), 0),
    ("highfold", "H-B", "Fold Dairy depot", (6450, 6250), 0),
    ("station-fields", "SF-A", "Former goods yard", (8050, 6050), 0),
    ("station-fields", "SF-B", "Signal Works car park", (7350, 6250), 0),
    ("oldbridge", "OB-A", "Old bus garage", (6500, 4150), 0),
    ("oldbridge", "OB-B", "Maltings yard", (5950, 4900), 0),
    ("tannery-wharf", "TW-A", "Upper tannery", (8150, 4950), 0),
    ("tannery-wharf", "TW-B", "Gasworks corner", (7450, 4250), 0),
    ("nether-tarrow", "NT-A", "Land behind Ferry Lane", (10570, 3110), 120),
    ("nether-tarrow", "NT-B", "Rectory paddock", (9800, 2480), 80),
]

# name, place, length and depth of the building
LANDMARKS: Final[list[tuple[str, Xy, float, float]]] = [
    ("Market Hall", (6870, 5920), 34, 18),
    ("Priory Gatehouse", (6440, 5120), 40, 22),
    ("St Wenna's Church", (6740, 5060), 44, 16),
    ("Fold Lane School", (6300, 6330), 60, 30),
    ("Tannery Works", (8080, 4780), 95, 40),
    ("Signal Works", (7700, 6230), 110, 42),
    ("Cottage Hospital", (7200, 6650), 62, 26),
    ("Leisure Centre", (7400, 4560), 66, 44),
    ("Southern Academy", (6400, 3900), 90, 40),
    ("Corn Exchange", (7130, 5000), 38, 24),
]

STREET_STEMS: Final = tuple((Path(__file__).parent / "words" / "streets.txt").read_text("utf-8").split())
STREET_TYPES: Final = (
    "Street",
    "Road",
    "Lane",
    "Close",
    "Row",
    "Terrace",
    "Avenue",
    "Walk",
    "Gardens",
    "Way",
)
FARMS: Final = (
    "Starveall",
    "Manor",
    "Frogmore",
    "Heronsgate",
    "Home",
    "Lower Barn",
    "Pepperpot",
    "Three Elms",
    "Gallows Hill",
    "Bleak House",
    "Brook",
    "Larkfield",
    "Coldcomb",
    "Tithe Barn",
    "Sallow",
    "Hill Top",
)
