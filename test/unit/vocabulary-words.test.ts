import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as vocabulary from '../../shared/domain/vocabulary.ts';

/** Written by `npm run release:keep`. */
const released = JSON.parse(
  readFileSync(new URL('../deploy/release-before/words.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

it.each(Object.entries(released))(
  '%s keeps the words of the release before: they stand in the table and in programs of others',
  (name, words) => {
    expect(new Map<string, unknown>(Object.entries(vocabulary)).get(name)).toEqual(expect.arrayContaining([...words]));
  },
);
