import { type Position, type PositionFlaw, isUsable } from '../domain/position.ts';

/** A point as it is typed into a map: six digits are about 0.1 m. */
export const writePoint = ({ latitude, longitude }: Position) => ({
  latitude: latitude.toFixed(6),
  longitude: longitude.toFixed(6),
});

/** Map link: the one place where a position stands in a URL (G8). */
export const mapUrl = (position: Position): string => {
  const { latitude, longitude } = writePoint(position);
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
};

/** A position to show, with its map and its flaw; `null` for none and for 0,0, which is no place. */
export const seenPosition = (position: Position | undefined, flaw?: PositionFlaw) => {
  if (!isUsable(position)) return null;
  const { invalid: _toldByFlaw, ...shown } = position;
  return { ...shown, ...(flaw !== undefined && { flaw }), mapUrl: mapUrl(position) };
};
