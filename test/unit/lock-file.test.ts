import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.string().optional(), inBundle: z.boolean().optional() })),
});

it('the lock file has the hash of every package, those of other platforms too', () => {
  const { packages } = lockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  // What lies within another package's archive has that one's hash; the first is the repository itself.
  const fetched = Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && inBundle !== true);
  expect(fetched.length).toBeGreaterThan(300);
  const unhashed = fetched.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  expect(unhashed.map(([path]) => path)).toEqual([]);
});
