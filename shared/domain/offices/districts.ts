import type { Position } from '../position.ts';

/** The office whose data states the counties in it. */
export type District = {
  readonly office: string;
  /** Date of the source: a year, month or day. null: it has none. */
  readonly asOf: string | null;
  readonly source: string;
};

/** On one side of a border: an index of `districts`, or one of these. */
export const territory = { unstated: -1, sea: -2, abroad: -3 } as const;

/** Districts as they are stored: only the lines between them, each once. `shared/data/build-districts.ts` makes them. */
export type DistrictData = {
  readonly grid: { readonly longitude: GridAxis; readonly latitude: GridAxis };
  readonly districts: readonly District[];
  /** Of each border the territories on both sides, then west, south, east and north of the box around it. */
  readonly boxes: readonly (readonly number[])[];
  /** In the same order: longitude and latitude of the first point, then the steps to each next one. Text, for few are needed. */
  readonly lines: readonly string[];
};

type GridAxis = { readonly origin: number; readonly step: number };
type Point = { readonly x: number; readonly y: number };
type Border = {
  readonly sides: readonly [number, number];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly points: () => readonly Point[];
};

/** A pier, a boat or a filled-in shore counts as the nearest shore within this distance. */
const shoreMeters = 3000;
const metersPerDegree = 111_320;

const readPoints = (line: string): readonly Point[] => {
  const steps = line.split(',');
  const points: Point[] = [];
  let [x, y] = [0, 0];
  for (let index = 0; index < steps.length; index += 2) {
    x += Number(steps[index]);
    y += Number(steps[index + 1]);
    points.push({ x, y });
  }
  return points;
};

const readBorder = (box: readonly number[], line: string): Border => {
  const [one = 0, other = 0, west = 0, south = 0, east = 0, north = 0] = box;
  let known: readonly Point[] | undefined;
  return { sides: [one, other], west, south, east, north, points: () => (known ??= readPoints(line)) };
};

const crossesOddly = ({ points, south, east, north }: Border, { x, y }: Point): boolean => {
  if (y < south || y > north || x > east) return false;
  let odd = false;
  let from = points()[0];
  for (const to of points()) {
    if (from && from.y > y !== to.y > y && x < from.x + ((y - from.y) * (to.x - from.x)) / (to.y - from.y)) odd = !odd;
    from = to;
  }
  return odd;
};

/** @param scale metres a step */
const metersFrom = (points: readonly Point[], { x, y }: Point, scale: Point): number => {
  let nearest = Infinity;
  let from = points[0] ?? { x: 0, y: 0 };
  for (const to of points) {
    const dx = (to.x - from.x) * scale.x;
    const dy = (to.y - from.y) * scale.y;
    const px = (x - from.x) * scale.x;
    const py = (y - from.y) * scale.y;
    const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, (px - along * dx) ** 2 + (py - along * dy) ** 2);
    from = to;
  }
  return Math.sqrt(nearest);
};

/** In microseconds. `undefined`: no office's data states the county, or the position is abroad or far out at sea. */
export const createDistricts = ({ grid, districts, boxes, lines }: DistrictData) => {
  let known: readonly Border[] | undefined;
  // With the first look-up: no other function waits for it when it starts.
  const read = () => (known ??= boxes.map((box, index) => readBorder(box, lines[index] ?? '')));

  const territoryOf = (point: Point): number | undefined => {
    const inside = new Set<number>();
    for (const border of read()) {
      if (!crossesOddly(border, point)) continue;
      for (const side of border.sides) if (!inside.delete(side)) inside.add(side);
    }
    return [...inside].find((side) => side >= territory.unstated);
  };

  const shoreOf = (point: Point, latitude: number): number | undefined => {
    const scale = {
      x: grid.longitude.step * metersPerDegree * Math.cos((latitude * Math.PI) / 180),
      y: grid.latitude.step * metersPerDegree,
    };
    const [x, y] = [shoreMeters / scale.x, shoreMeters / scale.y];
    const near = read()
      .filter(
        ({ west, south, east, north }) =>
          point.x > west - x && point.x < east + x && point.y > south - y && point.y < north + y,
      )
      .map(({ sides, points }) => ({ sides, meters: metersFrom(points(), point, scale) }))
      .filter(({ meters }) => meters <= shoreMeters)
      .sort((a, b) => a.meters - b.meters)[0];
    return near?.sides.includes(territory.sea) === true ? Math.max(...near.sides) : undefined;
  };

  return ({ latitude, longitude }: Position): District | undefined => {
    const point = {
      x: (longitude - grid.longitude.origin) / grid.longitude.step,
      y: (latitude - grid.latitude.origin) / grid.latitude.step,
    };
    const found = territoryOf(point) ?? shoreOf(point, latitude);
    return found === undefined ? undefined : districts[found];
  };
};
