// Hectares and kilometres as the National Grid would give them: a transverse Mercator of our own, good to a few
// parts in a hundred thousand. The server's figure, by OSTN15, is the one that counts.
import { toLonLat } from "ol/proj.js";

const A = 6378137, B = 6356752.314140, F0 = 0.9996012717, LAT0 = (49 * Math.PI) / 180, LON0 = (-2 * Math.PI) / 180;
const N = (A - B) / (A + B), E2 = 1 - (B * B) / (A * A);
const SQUARE_METRES_IN_A_HECTARE = 10_000;

function meridian(lat) {
  const [d, s] = [lat - LAT0, lat + LAT0];
  return B * F0 * ((1 + N + 1.25 * N ** 2 + 1.25 * N ** 3) * d
    - (3 * N + 3 * N ** 2 + 2.625 * N ** 3) * Math.sin(d) * Math.cos(s)
    + 1.875 * (N ** 2 + N ** 3) * Math.sin(2 * d) * Math.cos(2 * s)
    - (35 / 24) * N ** 3 * Math.sin(3 * d) * Math.cos(3 * s));
}

export function toGrid([lonDegrees, latDegrees]) {
  const lat = (latDegrees * Math.PI) / 180, l = (lonDegrees * Math.PI) / 180 - LON0;
  const [sin, cos, tan2] = [Math.sin(lat), Math.cos(lat), Math.tan(lat) ** 2];
  const nu = (A * F0) / Math.sqrt(1 - E2 * sin * sin);
  const rho = (nu * (1 - E2)) / (1 - E2 * sin * sin);
  const eta2 = nu / rho - 1;
  const north = meridian(lat) + (nu / 2) * sin * cos * l ** 2 + (nu / 24) * sin * cos ** 3 * (5 - tan2 + 9 * eta2) * l ** 4;
  const east = nu * cos * l + (nu / 6) * cos ** 3 * (nu / rho - tan2) * l ** 3
    + (nu / 120) * cos ** 5 * (5 - 18 * tan2 + tan2 ** 2 + 14 * eta2 - 58 * tan2 * eta2) * l ** 5;
  return [east, north];
}

function ringFigures(ring) {
  const grid = ring.map(toGrid);
  let [twice, around] = [0, 0];
  grid.forEach(([x, y], i) => {
    const [nextX, nextY] = grid[(i + 1) % grid.length];
    twice += x * nextY - nextX * y;
    around += Math.hypot(nextX - x, nextY - y);
  });
  return { squareMetres: Math.abs(twice) / 2, metres: around };
}

// `shape` in degrees of longitude and latitude; inner rings are holes.
export function measure(shape) {
  const total = { hectares: 0, metres: 0 };
  for (const polygon of shape) {
    polygon.map(ringFigures).forEach(({ squareMetres, metres }, r) => {
      total.hectares += ((r === 0 ? 1 : -1) * squareMetres) / SQUARE_METRES_IN_A_HECTARE;
      total.metres += metres;
    });
  }
  return total;
}

const COMPASS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

// How far one point of the map lies from another, and which way: “12 metres east”.
export function offset(from, to) {
  const [a, b] = [from, to].map((point) => toGrid(toLonLat(point)));
  const [east, north] = [b[0] - a[0], b[1] - a[1]];
  const way = COMPASS[Math.round(Math.atan2(east, north) / (Math.PI / 4) + 8) % 8];
  return `${metresInWords(Math.hypot(east, north))} ${way}`;
}

function metresInWords(metres) {
  if (metres < 10) return `${metres.toLocaleString("en-GB", { maximumFractionDigits: 1 })} metres`;
  return metres < 1000 ? `${Math.round(metres)} metres` : `${(metres / 1000).toLocaleString("en-GB", { maximumFractionDigits: 2 })} km`;
}

export function lengthInWords(line) {
  const grid = line.map((point) => toGrid(toLonLat(point)));
  return metresInWords(grid.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - grid[i][0], y - grid[i][1]), 0));
}

export function inWords({ hectares, metres }) {
  const size = hectares.toLocaleString("en-GB", { maximumFractionDigits: hectares < 10 ? 2 : 1 });
  return `About ${size} hectares, ${metresInWords(metres)} around`;
}
