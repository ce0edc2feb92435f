// Tiles of somebody else's base map, where the service has them. Fetched only there: the code is a tenth of the map's.
import TileLayer from "ol/layer/Tile.js";
import XYZ from "ol/source/XYZ.js";

export const tileLayer = (url, attributions) => new TileLayer({ source: new XYZ({ url, attributions, maxZoom: 19 }) });
