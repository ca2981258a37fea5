import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { controlRoutes } from '../../infra/local/control/control-routes.ts';

it('docs/local-stack.md has each control address of the local stack, and no other', () => {
  const routes = Object.entries(controlRoutes).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const document = readFileSync('docs/local-stack.md', 'utf8');
  const written = Array.from(document.matchAll(/^\| `([A-Z]+ \/_local[^`]*)` \|/gm), ([, route]) => route);
  expect(new Set(written)).toEqual(new Set(['GET /_local', ...routes]));
});
