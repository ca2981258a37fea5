import { byId, svg } from './dom.js';
import { drawing, frames, pointOf, positionAt } from './projection.js';

/** @typedef {import('./projection.js').Position} Position */

/** @param {number} value */
const short = (value) => value.toFixed(1);

/** @param {import('./projection.js').Frame} frame */
const land = ({ name, box, outlines, project }) => {
  const shapes = outlines.map((outline) => {
    const points = outline.map(([longitude, latitude]) => project({ latitude, longitude }));
    const path = points.map(({ x, y }) => `${short(x)} ${short(y)}`).join('L');
    return svg('path', { class: 'land', d: `M${path}Z` });
  });
  if (name === 'United States') return svg('g', {}, ...shapes);
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(String);
  const border = svg('rect', { class: 'inset', x, y, width, height, rx: '4' });
  return svg('g', {}, border, ...shapes, svg('title', {}, name));
};

/** @param {string} name @param {Position} position @param {string} title */
const dot = (name, position, title) => {
  const point = pointOf(position);
  if (point === undefined) return undefined;
  const radius = name === 'office' ? '3.4' : '1.8';
  return svg('circle', { class: name, cx: short(point.x), cy: short(point.y), r: radius }, svg('title', {}, title));
};

/**
 * Draws the map into the page.
 * @param {{ offices: import('./api.js').Office[], cities: import('./api.js').City[] }} places
 * @param {(position: Position) => void} onPick
 */
export const drawMap = ({ offices, cities }, onPick) => {
  const map = byId('map', SVGSVGElement);
  map.setAttribute('viewBox', `0 0 ${drawing.width} ${drawing.height}`);
  const route = svg('line', { class: 'route' });
  const halo = svg('circle', { class: 'halo', r: '9' });
  const marker = svg('circle', { class: 'marker', r: '6.5' });
  const dots = [
    ...cities.map((city) => dot('city', city, city.name)),
    ...offices.map((office) => dot('office', office, `Consulate: ${office.city}, ${office.state}`)),
  ];
  map.append(...frames.toReversed().map(land), ...dots.filter((made) => made !== undefined), route, halo, marker);
  map.addEventListener('click', ({ clientX, clientY }) => {
    const toDrawing = map.getScreenCTM()?.inverse();
    if (toDrawing !== undefined) onPick(positionAt(new DOMPoint(clientX, clientY).matrixTransform(toDrawing)));
  });

  /** @param {SVGElement} shape @param {Record<string, number> | undefined} numbers absent: not to be seen */
  const place = (shape, numbers) => {
    shape.classList.toggle('absent', numbers === undefined);
    for (const [name, value] of Object.entries(numbers ?? {})) shape.setAttribute(name, short(value));
  };

  return {
    /**
     * @param {Position | undefined} position where the phone is; undefined: it does not say
     * @param {string | undefined} officeId the office in charge, if one is chosen
     */
    show: (position, officeId) => {
      const office = offices.find(({ id }) => id === officeId);
      const from = position && pointOf(position);
      const to = office && pointOf(office);
      place(marker, from && { cx: from.x, cy: from.y });
      place(halo, to && { cx: to.x, cy: to.y });
      place(route, from && to && { x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    },
  };
};
