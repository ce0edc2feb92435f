"""What a hostile file reaches for: a port that must never be called and a file whose words must never come back."""

from dataclasses import dataclass

WGS84_RING = [[-1.5, 52.0], [-1.49, 52.0], [-1.49, 52.01], [-1.5, 52.01], [-1.5, 52.0]]
POS_LIST = " ".join(f"{x} {y}" for x, y in WGS84_RING)
KML_POINTS = " ".join(f"{x},{y}" for x, y in WGS84_RING)
WKT = "POLYGON ((" + ", ".join(f"{x} {y}" for x, y in WGS84_RING) + "))"


@dataclass(frozen=True)
class Bait:
    """The listener's address, and the canary's path."""

    url: str
    path: str


def vrt(bait: Bait, source: str = "", layer: str = "a") -> bytes:
    """GDAL's virtual layer, which opens whatever it names."""
    named = source or f"/vsicurl/{bait.url}/x.geojson"
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{named}</SrcDataSource>'
        f"<SrcLayer>{layer}</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
    ).encode()


def local_vrt(bait: Bait) -> bytes:
    return vrt(bait, f"CSV:{bait.path}", bait.path.rpartition("/")[2].removesuffix(".csv"))


def gdalg(bait: Bait, source: str = "") -> bytes:
    """GDAL's stored command line."""
    named = source or f"{bait.url}/x.geojson"
    return f'{{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read {named}"}}'.encode()
