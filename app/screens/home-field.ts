import type { App } from '../app.ts';
import type { Position } from '../queue/record.ts';
import { type Child, fillWith, h } from '../ui/dom.ts';
import { textField } from '../ui/form.ts';
import { cities } from './cities.ts';

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();

/** The city as people write it: with or without the state, while only one of that name is known. */
const cityNamed = (typed: string): Position | undefined => {
  const wanted = plain(typed);
  const known = cities();
  const exact = known.find(({ name }) => plain(name) === wanted);
  const alike = known.filter(({ name }) => plain(name.slice(0, name.lastIndexOf(','))) === wanted);
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  return found && { latitude: found.latitude, longitude: found.longitude };
};

export type HomeField = {
  readonly element: Child;
  /** Where the person lives; `none` if nothing was given, undefined with the field marked if it is no known city. */
  readonly take: () => Position | 'none' | undefined;
};

/** Home by city, or by where the phone is now. */
export const homeField = (app: App): HomeField => {
  const { home } = app.words().register;
  const city = textField({ id: 'city', label: home.city, hint: home.cityHint, list: 'cities' });
  const status = h('p', { role: 'status' });
  let here: Position | undefined;
  const find = async (): Promise<void> => {
    fillWith(status, app.words().wait);
    here = await app.place.once();
    fillWith(status, here ? home.found : home.notFound);
  };
  return {
    element: [
      h('button', { type: 'button', click: () => void find() }, home.here),
      status,
      city.element,
      h(
        'datalist',
        { id: 'cities' },
        cities().map(({ name }) => h('option', { value: name })),
      ),
    ],
    take: () => {
      city.fail();
      if (city.value() === '') return here ?? 'none';
      const found = cityNamed(city.value());
      if (!found) city.fail(home.unknown);
      return found;
    },
  };
};
