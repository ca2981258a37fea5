import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { expect, test } from 'vitest';

/*
 * A circle of imports means that none of its files can be understood before the others. The linter's `import/no-cycle`
 * does not see imports of types.
 */

type Graph = ReadonlyMap<string, readonly string[]>;

const repository = new URL('../../', import.meta.url);

/** Every file's imports from its own repository, those of types and those at run time included. */
const importsOf = (file: string, text: string): readonly string[] =>
  Array.from(text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+)'/g), ([, path]) =>
    normalize(join(dirname(file), path!)),
  );

const graphOf = (): Graph => {
  const files = globSync('{app,functions,infra,shared}/**/*.{ts,js}', { cwd: repository });
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(new URL(file, repository), 'utf8'))]));
};

/** One way round for each circle that a walk through all files closes. */
const circlesIn = (graph: Graph): readonly string[] => {
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const begin = path.indexOf(file);
    if (begin >= 0) circles.push([...path.slice(begin), file].join(' -> '));
    if (begin >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return circles;
};

test('no file imports itself by way of others, by types neither', () => {
  const graph = graphOf();
  expect(graph.size).toBeGreaterThan(400);
  expect(circlesIn(graph)).toEqual([]);
});

test.each([
  [{ a: ['b'], b: ['c'], c: [] }, []],
  [{ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  [{ a: ['b'], b: ['c'], c: ['b'] }, ['b -> c -> b']],
  [{ a: ['a'] }, ['a -> a']],
])('in %j the circles are %j', (files, circles) => {
  expect(circlesIn(new Map(Object.entries(files)))).toEqual(circles);
});

test.each([
  ["import type { A } from './a.ts';", ['x/a.ts']],
  ["export { a } from '../a.ts';", ['a.ts']],
  ["const { a } = await import('./b/a.ts');", ['x/b/a.ts']],
  ["import './a.ts';", ['x/a.ts']],
  ["import { z } from 'zod';", []],
])('%s imports %j', (text, expected) => {
  expect(importsOf('x/y.ts', text)).toEqual(expected);
});
