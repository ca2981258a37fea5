import { describe, expect, it } from 'vitest';
import { catalogues } from '../../shared/words/catalogues.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const leaves = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

const { officers: _, ...spanish } = catalogues.es as typeof catalogues.es & { officers: unknown };
const wanted = new Map(leaves(spanish));

/** What is said to agents in the street is English everywhere; units, names and forms of others are what they are. */
const mayBeAlike = (path: string, text: string): boolean =>
  /\/(?:sayInEnglish|url|english|firstName|lastName|spoken\/\w+)$/.test(path) ||
  !/\p{L}{2}/u.test(text.replaceAll(/\{\w+\}|min\b/g, ''));

describe.each(languages.filter((language) => language !== 'es'))('the words of %s', (language) => {
  const texts = leaves(catalogues[language]);

  it('are as many as the Spanish ones, none empty', () => {
    expect(texts.map(([path]) => path).sort()).toEqual([...wanted.keys()].sort());
    expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('ask for the same values', () => {
    expect(texts.map(([path, text]) => [path, placeholders(text)])).toEqual(
      texts.map(([path]) => [path, placeholders(wanted.get(path) ?? '')]),
    );
  });

  it('are in that language', () => {
    const alike = texts.filter(([path, text]) => text === wanted.get(path) && !mayBeAlike(path, text));
    expect(alike).toEqual([]);
  });
});
