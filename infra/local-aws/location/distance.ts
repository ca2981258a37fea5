import geographiclib from 'geographiclib-geodesic';

const { WGS84, DISTANCE } = geographiclib.Geodesic;

/** Degrees on WGS 84. */
export type Point = { readonly longitude: number; readonly latitude: number };

/** Length of the geodesic on the ellipsoid, in metres. */
export const geodesicMeters = (from: Point, to: Point): number => {
  const { s12 } = WGS84.Inverse(from.latitude, from.longitude, to.latitude, to.longitude, DISTANCE);
  if (s12 === undefined) throw new Error('geographiclib computed no distance');
  return s12;
};

/**
 * Whether two points may lie within this distance of each other. It only spares the geodesic where the answer is a
 * clear no: the great circle differs from the ellipsoid by at most 0.6 %, so 1 % is a safe margin.
 */
export const mayBeWithin = (meters: number, from: Point, to: Point): boolean =>
  greatCircleMeters(from, to) <= meters * 1.01 + 1;

const meanEarthRadiusMeters = 6_371_008.8;

const greatCircleMeters = (from: Point, to: Point): number => {
  const halfLatitude = Math.sin(radians(to.latitude - from.latitude) / 2);
  const halfLongitude = Math.sin(radians(to.longitude - from.longitude) / 2);
  const chord =
    halfLatitude ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * halfLongitude ** 2;
  return 2 * meanEarthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(chord)));
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
