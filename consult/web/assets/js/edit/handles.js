// Which points have a handle. On a long outline they would lie like beads, so only those with room around them have
// one, and the neighbours of the chosen point; all of them once the map is close enough.
const AROUND_CHOSEN = 2;
export const APART_PX = matchMedia("(pointer: coarse)").matches ? 36 : 20;

const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

function besideChosen(chosen, p, r, i, count) {
  if (!chosen || chosen[0] !== p || chosen[1] !== r) return false;
  const gap = Math.abs(chosen[2] - i);
  return Math.min(gap, count - gap) <= AROUND_CHOSEN;
}

// `apart` is the room that a handle needs and `extent` the part of the map in view, in map units.
export function handlesOf(shape, { apart, extent: [west, south, east, north], chosen }) {
  const inView = ([x, y]) => x >= west - apart && x <= east + apart && y >= south - apart && y <= north + apart;
  return shape.flatMap((polygon, p) => polygon.flatMap((ring, r) => {
    let last = null;
    return ring.flatMap((point, i) => {
      if (!inView(point)) return [];
      const beside = besideChosen(chosen, p, r, i, ring.length);
      if (last && distance(last, point) < apart && !beside) return [];
      last = point;
      return [{ path: [p, r, i], point }];
    });
  }));
}

// The dots between two handles that follow each other and have room for one more.
export function middlesOf(shape, handles, room) {
  const shown = new Set(handles.map(({ path }) => path.join()));
  return handles.flatMap(({ path: [p, r, i], point }) => {
    const ring = shape[p][r];
    const next = (i + 1) % ring.length;
    if (!shown.has([p, r, next].join()) || distance(point, ring[next]) < room) return [];
    return [{ path: [p, r, i + 1], point: [(point[0] + ring[next][0]) / 2, (point[1] + ring[next][1]) / 2] }];
  });
}
