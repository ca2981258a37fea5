import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { HttpAnswer } from '../../local-aws/server/http-server.ts';
import { controlRoutes } from './control-routes.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const consoleDirectory = new URL('../console/', import.meta.url);

/** Stands here as well as in the page: only a header can forbid framing. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Shown while `infra/local/console/` has no `index.html`. */
const plainPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Alert Button, local stack</title>
<h1>Alert Button, local stack</h1><ul>${Object.entries(controlRoutes)
  .map(
    ([path, route]) =>
      `<li>${'GET' in route ? `<a href="${path}">${path}</a>` : path} (${Object.keys(route).join(', ')})`,
  )
  .join('')}</ul></html>`;

const fileName = (path: string): string | undefined => {
  if (path === '/_local' || path === '/_local/') return 'index.html';
  return /^\/_local\/console\/([\w-]+\.\w+)$/.exec(path)?.[1];
};

/** The console page at `/_local` and its files at `/_local/console/<file>`; undefined for other paths. */
export const consoleFile = async (path: string): Promise<HttpAnswer | undefined> => {
  const name = fileName(path);
  if (name === undefined) return undefined;
  const contentType = contentTypes[extname(name)] ?? 'application/octet-stream';
  const headers = {
    'content-type': contentType,
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy,
  };
  try {
    return { statusCode: 200, headers, body: await readFile(new URL(name, consoleDirectory)) };
  } catch {
    return name === 'index.html' ? { statusCode: 200, headers, body: plainPage } : undefined;
  }
};
