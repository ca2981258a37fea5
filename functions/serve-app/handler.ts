import { gzipSync } from 'node:zlib';
import { type HttpAnswer, type HttpHandler, httpHandler } from '../../shared/runtime/http.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';
import { type AppSettings, type ServedFile, withSettings } from './app-settings.ts';
import { pageRights } from './page-rights.ts';

export type ServeAppDeps = {
  readonly files: Readonly<Record<string, ServedFile>>;
  readonly settings: AppSettings;
};

/** `GET /`, `/app/{file}`, `/sw.js` and `/manifest.webmanifest`: the person's app. */
export const createHandler = ({ files, settings }: ServeAppDeps): HttpHandler => {
  const served = withSettings(files, settings);
  const gzipped = new Map<string, Buffer>();
  const gzip = (path: string, bytes: Buffer): Buffer => {
    const made = gzipped.get(path) ?? gzipSync(bytes, { level: 9 });
    gzipped.set(path, made);
    return made;
  };
  return httpHandler('serve-app', async ({ event, headers }): Promise<HttpAnswer> => {
    const file = event.pathParameters?.['file'];
    const path = file === undefined ? event.routeKey.slice('GET '.length) : `/app/${file}`;
    const found = served.get(path);
    if (!found) throw new HttpProblem(404, 'not-found', 'The app has no such file.');
    const { type, immutable } = found.file;
    // The gateway compresses nothing by itself; a picture is compressed already.
    const isGzip = type !== 'image/png' && /\bgzip\b/.test(headers['accept-encoding'] ?? '');
    return {
      status: 200,
      body: isGzip ? gzip(path, found.bytes) : found.bytes,
      headers: {
        'content-type': type,
        'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...pageRights,
        vary: 'Accept-Encoding',
        ...(isGzip && { 'content-encoding': 'gzip' }),
      },
    };
  });
};
