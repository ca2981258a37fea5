import { areasOf, type Topology } from '../../shared/data/topology.ts';

type Point = { readonly latitude: number; readonly longitude: number };

/** In which county of a topology a point lies, ring by ring: slow and plain, to hold the districts to. */
export const countyOracle = ({
  transform: { scale, translate },
  ...topology
}: Topology): ((point: Point) => string | undefined) => {
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]): [number, number] => [
      (x += dx) * scale[0] + translate[0],
      (y += dy) * scale[1] + translate[1],
    ]);
  });
  const counties = areasOf({ transform: { scale, translate }, ...topology }, 'counties').map(({ id, rings }) => {
    const points = rings.map((ring) => ring.flatMap((arc) => (arc < 0 ? arcs[~arc]!.toReversed() : arcs[arc]!)));
    const [longitudes, latitudes] = [0, 1].map((axis) => points.flat().map((point) => point[axis]!)) as [
      number[],
      number[],
    ];
    const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
    return { id, points, west, east, south: Math.min(...latitudes), north: Math.max(...latitudes) };
  });
  const isIn = (ring: readonly (readonly [number, number])[], { latitude, longitude }: Point): boolean =>
    ring.reduce((inside, [x1, y1], index) => {
      const [x2, y2] = ring[(index + 1) % ring.length]!;
      const crosses = y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1;
      return crosses ? !inside : inside;
    }, false);
  return (point) =>
    counties.find(
      ({ points, west, south, east, north }) =>
        point.latitude >= south &&
        point.latitude <= north &&
        point.longitude >= west &&
        point.longitude <= east &&
        points.filter((ring) => isIn(ring, point)).length % 2 === 1,
    )?.id;
};
