type Point = { readonly latitude: number; readonly longitude: number };

// WGS 84: https://epsg.io/7030
const equatorialRadiusMeters = 6_378_137;
const flattening = 1 / 298.257_223_563;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

type Reduced = { readonly latitude: number; readonly sin: number; readonly cos: number };
// Offices are the same objects for as long as a function lives, and asked for with every press.
const known = new WeakMap<Point, Reduced>();

const reduced = (point: Point): Reduced => {
  const found = known.get(point);
  if (found) return found;
  const latitude = Math.atan((1 - flattening) * Math.tan(radians(point.latitude)));
  const made = { latitude, sin: Math.sin(latitude), cos: Math.cos(latitude) };
  known.set(point, made);
  return made;
};

/** Grows with the distance on a sphere, which is within 0.6 % of the geodesic, and costs a tenth of it. */
export const roughMeasure = (from: Point, to: Point): number => {
  const [a, b] = [reduced(from), reduced(to)];
  return 1 - a.sin * b.sin - a.cos * b.cos * Math.cos(radians(to.longitude - from.longitude));
};

/**
 * Lambert's formula: https://en.wikipedia.org/wiki/Geographical_distance#Lambert's_formula_for_long_lines. Within 0.001 %
 * of the geodesic up to 10,000 km, and 0.2 % on the opposite side of the Earth.
 */
export const distanceMeters = (from: Point, to: Point): number => {
  const { latitude: latitude1 } = reduced(from);
  const { latitude: latitude2 } = reduced(to);
  const mean = (latitude1 + latitude2) / 2;
  const half = (latitude2 - latitude1) / 2;
  const sinHalfLongitude2 = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const cosHalfLongitude2 = 1 - sinHalfLongitude2;
  const sinMean2 = Math.sin(mean) ** 2;
  const sinHalf2 = Math.sin(half) ** 2;
  const sin2 = sinHalf2 * cosHalfLongitude2 + (1 - sinMean2) * sinHalfLongitude2;
  const cos2 = sinMean2 * sinHalfLongitude2 + (1 - sinHalf2) * cosHalfLongitude2;
  if (sin2 === 0) return 0;
  const angle = 2 * Math.atan2(Math.sqrt(sin2), Math.sqrt(cos2));
  const x = cos2 === 0 ? 0 : ((angle - Math.sin(angle)) * sinMean2 * (1 - sinHalf2)) / cos2;
  const y = ((angle + Math.sin(angle)) * (1 - sinMean2) * sinHalf2) / sin2;
  return equatorialRadiusMeters * (angle - (flattening / 2) * (x + y));
};
