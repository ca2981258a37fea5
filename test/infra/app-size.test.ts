import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { appFiles } from '../../infra/constructs/app-files.ts';

const files = Object.entries(appFiles());

it('fits into 60 KB gzipped, all files of the app together', () => {
  const sizes = files.map(([, { base64 }]) => gzipSync(Buffer.from(base64, 'base64'), { level: 9 }).length);
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(60_000);
});

it('calls nothing that Chromium 90 or iOS 16.4 lacks', () => {
  const scripts = files
    .filter(([path]) => path.endsWith('.js'))
    .map(([, { base64 }]) => Buffer.from(base64, 'base64').toString());
  // Newer than both, or one of them: esbuild rewrites syntax only.
  const tooNew =
    /\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|groupBy|withResolvers|isWellFormed|toWellFormed)\(|Object\.(hasOwn|groupBy)|randomUUID|structuredClone|AbortSignal\.(timeout|any)|\.checkVisibility|requestIdleCallback/;
  for (const script of scripts) expect(script.match(tooNew)?.[0]).toBeUndefined();
});
