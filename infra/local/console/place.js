import { byId, element } from './dom.js';
import { drawMap } from './map.js';

/** @typedef {import('./projection.js').Position} Position */

/** Where the person is: chosen in a list, on the map or by its coordinates. Kansas has no consulate of its own. */
const firstPlace = 'Dodge City, Kansas';

/**
 * @param {{ offices: import('./api.js').Office[], cities: import('./api.js').City[] }} places
 * @param {() => void} onChange
 */
export const createPlace = (places, onChange) => {
  const list = byId('place', HTMLSelectElement);
  const latitude = byId('latitude', HTMLInputElement);
  const longitude = byId('longitude', HTMLInputElement);
  list.append(...places.cities.map(({ name }) => element('option', { value: name }, name)));

  /** @returns {Position | undefined} */
  const position = () => {
    if (list.value === 'none' || !latitude.checkValidity() || !longitude.checkValidity()) return undefined;
    const chosen = { latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber };
    return Number.isNaN(chosen.latitude) || Number.isNaN(chosen.longitude) ? undefined : chosen;
  };

  /** @param {string} name @param {Position} at */
  const choose = (name, at) => {
    list.value = name;
    latitude.value = String(at.latitude);
    longitude.value = String(at.longitude);
  };

  const map = drawMap(places, (picked) => {
    choose('point', picked);
    onChange();
  });

  list.addEventListener('change', () => {
    const city = places.cities.find(({ name }) => name === list.value);
    if (city !== undefined) choose(city.name, city);
    onChange();
  });
  for (const field of [latitude, longitude]) {
    field.addEventListener('input', () => {
      list.value = 'point';
      onChange();
    });
  }
  const first = places.cities.find(({ name }) => name === firstPlace);
  if (first !== undefined) choose(first.name, first);

  return { position, showOnMap: map.show };
};
