import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { actionsTable, countsTable, inertTypesList, resourcesTable, wordsTable } from './support/readme-tables.ts';

const readme = fileURLToPath(new URL('../../infra/local-aws/README.md', import.meta.url));

/** The text with each generated part made anew: what stands between `<!-- name -->` and `<!-- /name -->`. */
const withParts = (text: string, parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts).reduce((whole, [name, part]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    expect(whole.split(begin), `one mark ${begin}`).toHaveLength(2);
    expect(whole.split(end), `one mark ${end}`).toHaveLength(2);
    return `${whole.split(begin)[0]}${begin}\n\n${part}\n\n${end}${whole.split(end)[1]}`;
  }, text);

test('the README lists what the code understands and refuses; `npx vitest run -u` writes it', async () => {
  const parts = {
    counts: await countsTable(),
    actions: await actionsTable(),
    resources: resourcesTable(),
    words: wordsTable(),
    'inert types': inertTypesList(),
  };
  await expect(withParts(readFileSync(readme, 'utf8'), parts)).toMatchFileSnapshot(readme);
});
