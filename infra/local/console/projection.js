import { alaska, guam, hawaii, lower48, puertoRico } from './geography.js';

/**
 * @typedef {{ latitude: number, longitude: number }} Position degrees, WGS 84
 * @typedef {{ x: number, y: number }} Point in the drawing
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 * @typedef {{ project: (position: Position) => Point, unproject: (point: Point) => Position }} Projection
 * @typedef {Projection & { name: string, box: Box, outlines: import('./geography.js').Outline[] }} Frame
 */

const radians = Math.PI / 180;

/**
 * Albers' equal-area conic, the usual one for the United States, for a unit sphere and with y downwards:
 * https://pubs.usgs.gov/publication/pp1395 page 98.
 * @param {{ south: number, north: number, centre: Position }} parallels
 * @returns {Projection}
 */
const albers = ({ south, north, centre }) => {
  const n = (Math.sin(south * radians) + Math.sin(north * radians)) / 2;
  const c = Math.cos(south * radians) ** 2 + 2 * n * Math.sin(south * radians);
  /** @param {number} latitude */
  const radius = (latitude) => Math.sqrt(c - 2 * n * Math.sin(latitude * radians)) / n;
  const centreRadius = radius(centre.latitude);
  return {
    project: ({ latitude, longitude }) => {
      const angle = n * (longitude - centre.longitude) * radians;
      const distance = radius(latitude);
      return { x: distance * Math.sin(angle), y: distance * Math.cos(angle) - centreRadius };
    },
    unproject: ({ x, y }) => {
      const down = centreRadius + y;
      const sine = (c - (Math.hypot(x, down) * n) ** 2) / (2 * n);
      return {
        latitude: Math.asin(Math.max(-1, Math.min(1, sine))) / radians,
        longitude: centre.longitude + Math.atan2(x, down) / n / radians,
      };
    },
  };
};

/**
 * Degrees as they are, shortened by the cosine: good enough for islands.
 * @param {number} latitude of the middle
 * @returns {Projection}
 */
const plain = (latitude) => {
  const shortened = Math.cos(latitude * radians);
  return {
    project: (position) => ({ x: position.longitude * shortened * radians, y: -position.latitude * radians }),
    unproject: ({ x, y }) => ({ latitude: -y / radians, longitude: x / shortened / radians }),
  };
};

/**
 * Scales a projection so that the outlines fill the box up to a margin.
 * @param {string} name
 * @param {Projection} projection
 * @param {import('./geography.js').Outline[]} outlines
 * @param {Box} box
 * @param {number} margin
 * @returns {Frame}
 */
const frame = (name, projection, outlines, box, margin) => {
  const points = outlines.flat().map(([longitude, latitude]) => projection.project({ latitude, longitude }));
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((box.width - 2 * margin) / (right - left), (box.height - 2 * margin) / (bottom - top));
  const shift = {
    x: box.x + box.width / 2 - (scale * (left + right)) / 2,
    y: box.y + box.height / 2 - (scale * (top + bottom)) / 2,
  };
  return {
    name,
    box,
    outlines,
    project: (position) => {
      const { x, y } = projection.project(position);
      return { x: shift.x + scale * x, y: shift.y + scale * y };
    },
    unproject: ({ x, y }) => {
      const { latitude, longitude } = projection.unproject({ x: (x - shift.x) / scale, y: (y - shift.y) / scale });
      return { latitude, longitude: longitude > 180 ? longitude - 360 : longitude };
    },
  };
};

export const drawing = { width: 600, height: 396 };

const mainland = frame(
  'United States',
  albers({ south: 29.5, north: 45.5, centre: { latitude: 37.5, longitude: -96 } }),
  lower48,
  { x: 0, y: 0, width: 600, height: 376 },
  8,
);

/** Where a press can be, the insets first: they lie over the mainland's corner. */
export const frames = [
  frame(
    'Alaska',
    albers({ south: 55, north: 65, centre: { latitude: 62, longitude: -154 } }),
    alaska,
    { x: 6, y: 312, width: 100, height: 80 },
    6,
  ),
  frame('Hawaii', plain(20.5), hawaii, { x: 112, y: 336, width: 84, height: 56 }, 8),
  frame('Guam', plain(13.4), guam, { x: 430, y: 344, width: 48, height: 48 }, 10),
  frame('Puerto Rico', plain(18.2), puertoRico, { x: 530, y: 352, width: 64, height: 40 }, 8),
  mainland,
];

/** @param {Box} box @param {Point} point */
const isInside = (box, { x, y }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** @param {Point} point @returns {Position} what lies under a point of the drawing, to four decimals (11 m) */
export const positionAt = (point) => {
  const { latitude, longitude } = (frames.find(({ box }) => isInside(box, point)) ?? mainland).unproject(point);
  return { latitude: Math.round(latitude * 1e4) / 1e4, longitude: Math.round(longitude * 1e4) / 1e4 };
};

/** @param {Position} position @returns {Point | undefined} undefined where the drawing does not show it */
export const pointOf = (position) => {
  for (const { box, project, name } of frames) {
    const point = project(position);
    // Far away the cone of the mainland folds over itself.
    const isFar = name === 'United States' && (position.longitude > -60 || position.longitude < -135);
    if (!isFar && isInside(box, point)) return point;
  }
  return undefined;
};
