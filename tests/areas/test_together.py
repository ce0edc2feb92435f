"""Maps of many areas: those that look alike are one layer, and nobody can tell."""

import shapely

from consult.areas.maps import Seen, together

LEFT, RIGHT = shapely.box(400_000, 200_000, 401_000, 201_000), shapely.box(401_000, 200_000, 402_000, 201_000)


def test_what_looks_alike_is_one_layer_in_the_order_of_the_first():
    seen = [
        Seen(LEFT, "area", "Designated", "Left"),
        Seen(LEFT, "draft", "Applied for", "Middle"),
        Seen(RIGHT, "area", "Designated", "Right"),
    ]
    designated, applied = together(seen)
    assert [shape.text for shape in designated.layer().shapes()] == ["Left", "Right"]
    assert designated.layer().label == "Designated"
    assert (applied.style, applied.key) == ("draft", "Applied for")


def test_the_browser_is_told_the_same_degrees_as_of_each_alone():
    (one,) = together([Seen(LEFT, "area", "", "Left"), Seen(RIGHT, "area", "", "Right")])
    told = one.for_browser(0.5)["data"]["features"]
    alone = [Seen(shape, "area").for_browser(0.5)["data"]["geometry"] for shape in (LEFT, RIGHT)]
    assert [feature["geometry"] for feature in told] == alone
    assert [feature["properties"]["name"] for feature in told] == ["Left", "Right"]


def test_nothing_seen_is_no_layer():
    assert together([]) == []
