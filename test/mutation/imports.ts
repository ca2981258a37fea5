import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const direct = new Map<string, readonly string[]>();

/** The files of the repository that a file imports. */
const importedBy = (path: string): readonly string[] => {
  const known = direct.get(path);
  if (known) return known;
  const found = readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'(?<to>\.[^']+\.ts)'/gu);
  const files = Array.from(found, ({ groups }) => join(dirname(path), groups?.['to'] ?? '')).filter(existsSync);
  direct.set(path, files);
  return files;
};

/** Every file that a file loads, and by how many steps. */
export const distancesFrom = (path: string): ReadonlyMap<string, number> => {
  const distances = new Map([[path, 0]]);
  for (const [from, steps] of distances) {
    for (const to of importedBy(from)) if (!distances.has(to)) distances.set(to, steps + 1);
  }
  return distances;
};
