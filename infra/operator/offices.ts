import { consulates, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { resourceNames } from '../../shared/names.ts';
import { OperatorError } from './operator-error.ts';

/** Something with a topic: an office or the ministry. `required`: alerts go there, so somebody must be subscribed. */
export type Office = {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly topic: string;
  readonly required: boolean;
};

const open = new Set(openConsulates.map((office) => office.id));

/** The ministry and every office, closed ones too, as their topics stay. */
export const offices: readonly Office[] = [
  { id: ministryDesk.id, name: ministryDesk.name, city: '', topic: resourceNames.ministryTopic, required: true },
  ...consulates.map(({ id, name, city }) => ({
    id,
    name,
    city,
    topic: `${resourceNames.consulateTopicPrefix}${id}`,
    required: open.has(id),
  })),
];

/** How a person types it: without accents, case and signs. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

/** Levenshtein distance: how many letters must be typed otherwise. */
const typos = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
};

/** Up to three ids that may have been meant: by the id or the English name of the city (`new-york`: `nueva-york`). */
export const similarIds = (typed: string): string[] => {
  const wanted = folded(typed);
  return offices
    .map(({ id, city }) => ({
      id,
      typos: Math.min(...[id, city].filter(Boolean).map((word) => typos(wanted, folded(word)))),
    }))
    .filter((candidate) => candidate.typos <= Math.max(2, wanted.length / 3))
    .sort((a, b) => a.typos - b.typos)
    .slice(0, 3)
    .map(({ id }) => id);
};

/** @throws OperatorError that names what may have been meant */
export const findOffice = (id: string): Office => {
  const office = offices.find((candidate) => candidate.id === id);
  if (office) return office;
  const similar = similarIds(id);
  const hint = similar.length > 0 ? `Did you mean ${similar.join(' or ')}?` : 'Ids: npm run consulate -- offices';
  throw new OperatorError(`There is no office "${id}". ${hint}`);
};
