import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { territory } from '../domain/offices/districts.ts';

const rings = z.array(z.array(z.int()));
const shape = { id: z.string().optional(), properties: z.object({ name: z.string() }).default({ name: '' }) };
const topologySchema = z.object({
  transform: z.object({ scale: z.tuple([z.number(), z.number()]), translate: z.tuple([z.number(), z.number()]) }),
  arcs: z.array(z.array(z.tuple([z.int(), z.int()]))),
  objects: z.record(
    z.string(),
    z.object({
      geometries: z.array(
        z.discriminatedUnion('type', [
          z.object({ ...shape, type: z.literal('Polygon'), arcs: rings }),
          z.object({ ...shape, type: z.literal('MultiPolygon'), arcs: z.array(rings) }),
        ]),
      ),
    }),
  ),
});

/** TopoJSON (https://github.com/topojson/topojson-specification): each line between two areas stands in it once. */
export type Topology = z.infer<typeof topologySchema>;

export const readTopology = (file: string): Topology =>
  topologySchema.parse(JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(file)), 'utf8')));

export const areasOf = (topology: Topology, object: string) =>
  (topology.objects[object]?.geometries ?? []).map(({ id = '', properties, ...area }) => ({
    id,
    name: properties.name,
    rings: area.type === 'Polygon' ? area.arcs : area.arcs.flat(),
  }));

/** A line and the territories on its sides, the greater index first. */
export type Line = { readonly sides: readonly [number, number]; readonly points: readonly Point[] };
type Point = readonly [x: number, y: number];

const same = (a: Point | undefined, b: Point | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** The two lines as one, where an end of each is the same point. */
const join = (a: readonly Point[], b: readonly Point[]): readonly Point[] | undefined => {
  const ends = [a[0], a.at(-1)];
  if (![b[0], b.at(-1)].some((end) => ends.some((own) => same(own, end)))) return undefined;
  for (const one of [a, a.toReversed()]) {
    for (const other of [b, b.toReversed()]) {
      if (same(one.at(-1), other[0])) return [...one, ...other.slice(1)];
    }
  }
  return undefined;
};

/** Fewer, longer lines: a line costs more bytes to begin than to go on. */
export const joinLines = (lines: readonly Line[]): Line[] => {
  const waiting = new Map(Object.entries(Object.groupBy(lines, ({ sides }) => sides.join())));
  return [...waiting.values()].flatMap((group = []) => {
    const left = [...group];
    const joined: Line[] = [];
    for (let line = left.pop(); line; line = left.pop()) {
      let { points } = line;
      for (let index = 0; index < left.length;) {
        const longer = join(points, left[index]?.points ?? []);
        if (longer) {
          points = longer;
          left.splice(index, 1);
          index = 0;
        } else index += 1;
      }
      joined.push({ sides: line.sides, points });
    }
    return joined;
  });
};

const decode = (arc: Topology['arcs'][number]): Point[] => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => [(x += dx), (y += dy)]);
};

/** The lines between the territories alone: those inside of one are gone. A line with one side has the sea beyond it. */
export const dissolve = (topology: Topology, object: string, territoryOf: (id: string) => number): Line[] => {
  const sides = new Map<number, number[]>();
  for (const { id, rings: lists } of areasOf(topology, object)) {
    for (const reference of lists.flat()) {
      const arc = reference < 0 ? ~reference : reference;
      sides.set(arc, [...(sides.get(arc) ?? []), territoryOf(id)]);
    }
  }
  return [...sides].flatMap(([arc, [one = 0, other = territory.sea]]) =>
    one === other
      ? []
      : [{ sides: [Math.max(one, other), Math.min(one, other)], points: decode(topology.arcs[arc] ?? []) }],
  );
};
