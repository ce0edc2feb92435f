// How each named style looks when the page does not say otherwise (data-styles carries the server's own).
// fill, stroke: colours · width: px · dash: px pattern · order: lower is drawn first · from: drawn below this m/px
export const PALETTE = {
  parish: { stroke: "#767064", width: 1, dash: [6, 4], order: 40 },
  green: { fill: "#dfe8cf", order: 1 },
  wood: { fill: "#c9dcbf", order: 2 },
  water: { fill: "#bcd6e2", stroke: "#8fb6c9", width: 1, order: 3 },
  river: { stroke: "#93bccf", width: 5, order: 4 },
  building: { fill: "#d8cfc0", stroke: "#bfb4a1", width: 0.5, order: 10, from: 4 },
  rail: { stroke: "#857f74", width: 1.5, dash: [8, 4], order: 11 },
  lane: { stroke: "#ffffff", casing: "#cfc7b6", width: 2, order: 20, from: 14 },
  "road-minor": { stroke: "#ffffff", casing: "#c3baa7", width: 3.5, order: 21 },
  "road-major": { stroke: "#fbe6b8", casing: "#b9a46f", width: 5.5, order: 22 },
  "place-label": { label: "#3b4540", size: 14, order: 60 },
  neighbour: { fill: "rgba(89,107,134,0.10)", stroke: "#596b86", width: 1.5, order: 45 },
  area: { fill: "rgba(31,77,58,0.08)", stroke: "#1f4d3a", width: 3, order: 50 },
  draft: { fill: "rgba(164,80,29,0.10)", stroke: "#a4501d", width: 3, dash: [10, 6], order: 51 },
  clash: { fill: "rgba(179,38,30,0.30)", stroke: "#b3261e", width: 2.5, order: 52 },
  pin: { point: "#1f4d3a", stroke: "#ffffff", width: 1.5, size: 6, order: 55 },
};
