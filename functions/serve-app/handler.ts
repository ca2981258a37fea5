import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { HttpAnswer, HttpHandler } from '../../shared/runtime/http.ts';
import { httpHandler } from '../../shared/runtime/http.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';

/** One file as the build left it in the bundle. */
export type ServedFile = { readonly type: string; readonly immutable: boolean; readonly base64: string };

/** What the app must know of this deployment. Everybody who opens the address can read it. */
export type AppSettings = {
  /** The desk that people with consular consent are given to call. */
  readonly desk: { readonly name: string; readonly phone: string };
  /** For people without: absent, they are given no phone. */
  readonly legalHelp?: { readonly name: string; readonly phone: string };
  /** Whether registration asks for a code. */
  readonly asksForCode: boolean;
};

export type ServeAppDeps = {
  readonly files: Readonly<Record<string, ServedFile>>;
  readonly settings: AppSettings;
};

/** Nothing inline, nothing from elsewhere; forms are sent by the script alone. Holds for the service worker too. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const permissionsPolicy = [
  'geolocation=(self)',
  ...['accelerometer', 'camera', 'display-capture', 'gyroscope', 'magnetometer', 'microphone', 'payment', 'usb'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ');

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const attribute = (text: string): string => text.replaceAll(/[&"<>]/g, (character) => escapes[character] ?? character);

/** The files with the settings of this deployment: in the shell, and in the worker, which is new when they are. */
const withSettings = ({ files, settings }: ServeAppDeps): Map<string, { file: ServedFile; bytes: Buffer }> => {
  const text = JSON.stringify(settings);
  const hash = createHash('sha256').update(text).digest('hex');
  return new Map(
    Object.entries(files).map(([path, file]) => {
      const bytes = Buffer.from(file.base64, 'base64');
      if (path === '/')
        return [path, { file, bytes: Buffer.from(bytes.toString().replace('{{settings}}', attribute(text))) }];
      if (path === '/sw.js') return [path, { file, bytes: Buffer.concat([bytes, Buffer.from(`// ${hash}\n`)]) }];
      return [path, { file, bytes }];
    }),
  );
};

/** `GET /`, `/app/{file}`, `/sw.js` and `/manifest.webmanifest`: the person's app. */
export const createHandler = (deps: ServeAppDeps): HttpHandler => {
  const served = withSettings(deps);
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
        'content-security-policy': contentSecurityPolicy,
        'permissions-policy': permissionsPolicy,
        'cross-origin-opener-policy': 'same-origin',
        vary: 'Accept-Encoding',
        ...(isGzip && { 'content-encoding': 'gzip' }),
      },
    };
  });
};
