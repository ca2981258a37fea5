export type Place = { readonly name: string; readonly latitude: number; readonly longitude: number };

/**
 * Real places, each with something to show. The first is where the demo presses unless told otherwise: Kansas has no
 * consulate, and the nearest is neither in the capital nor in Kansas City but in the next state.
 */
const places: readonly [Place, ...Place[]] = [
  { name: 'Dodge City, Kansas', latitude: 37.7528, longitude: -100.0171 },
  { name: 'Los Angeles, California', latitude: 34.0522, longitude: -118.2437 },
  { name: 'Chicago, Illinois', latitude: 41.8781, longitude: -87.6298 },
  { name: 'Houston, Texas', latitude: 29.7604, longitude: -95.3698 },
  { name: 'Tucson, Arizona', latitude: 32.2226, longitude: -110.9747 },
  { name: 'Anchorage, Alaska', latitude: 61.2181, longitude: -149.9003 },
  { name: 'Honolulu, Hawaii', latitude: 21.3069, longitude: -157.8583 },
  { name: 'San Juan, Puerto Rico', latitude: 18.4655, longitude: -66.1057 },
  { name: 'Hagåtña, Guam', latitude: 13.4745, longitude: 144.7504 },
];

export const placeNames: readonly string[] = places.map(({ name }) => name);

/** How people type: without accents, capitals and signs. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

const namedPlace = (name: string): Place => {
  const typed = folded(name);
  const found = places.find((place) => [place.name, place.name.split(',', 1).join('')].map(folded).includes(typed));
  if (found !== undefined) return found;
  throw new Error(
    `The demo does not know this place. It knows ${placeNames.join('; ')}. Any other: --at LATITUDE,LONGITUDE`,
  );
};

const degrees = (text: string | undefined, limit: number): number => {
  const value = text !== undefined && /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(value) <= limit) return value;
  throw new Error('--at takes degrees, LATITUDE,LONGITUDE: --at 37.75,-100.02, in the south --at=-12.05,-77.04');
};

/**
 * Where to press.
 * @param name a city of the list, with or without its state
 * @param at `latitude,longitude` in degrees
 * @throws {Error} for people, when it is no place
 */
export const choosePlace = (name: string | undefined, at: string | undefined): Place => {
  if (at === undefined) return name === undefined ? places[0] : namedPlace(name);
  if (name !== undefined) throw new Error('Say --place or --at, not both.');
  const [latitude, longitude, ...others] = at.split(',');
  const place = { latitude: degrees(latitude, 90), longitude: degrees(longitude, 180) };
  if (others.length > 0) throw new Error('--at takes two numbers: LATITUDE,LONGITUDE');
  return { name: 'A place of your choice', ...place };
};
