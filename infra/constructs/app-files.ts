import { type BuildOptions, buildSync } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifests } from '../../app/manifests.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A file of the person's app as the browser asks for it. */
export type AppFile = {
  /** Media type. */
  readonly type: string;
  /** Its name changes with its bytes, so that it may be kept for good. */
  readonly immutable: boolean;
  readonly base64: string;
};

/** The app's files by path, such as `/` and `/app/main-3F2A.js`: what `functions/serve-app` serves. */
export type AppFiles = Readonly<Record<string, AppFile>>;

/** The oldest browsers for which it is made: a cheap Android of five years ago, and an iPhone of 2017. */
const appTargets = ['chrome90', 'safari16.4'];

const options = {
  absWorkingDir: repository,
  bundle: true,
  minify: true,
  format: 'esm',
  target: appTargets,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
  write: false,
} satisfies BuildOptions;

const typeOf: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webmanifest: 'application/manifest+json',
};

const fileOf = (name: string, bytes: Uint8Array, immutable: boolean): AppFile => ({
  type: typeOf[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
  immutable,
  base64: Buffer.from(bytes).toString('base64'),
});

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex').slice(0, 8);

/** Script and style, with the hash of their bytes in their names. */
const bundled = (): Record<string, AppFile> => {
  const { outputFiles } = buildSync({
    ...options,
    entryPoints: ['app/main.ts', 'app/style.css'],
    outdir: 'app',
    entryNames: '[name]-[hash]',
  });
  return Object.fromEntries(
    outputFiles.map(({ path, contents }) => {
      const name = basename(path);
      return [`/app/${name}`, fileOf(name, contents, true)];
    }),
  );
};

const icons = (): Record<string, AppFile> => {
  const folder = `${repository}app/icons/`;
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => {
        const bytes = readFileSync(folder + name);
        return [`/app/${name.replace('.', `-${sha256(bytes)}.`)}`, fileOf(name, bytes, true)];
      }),
  );
};

const named = (files: Record<string, AppFile>, name: string, extension: string): string => {
  const found = Object.keys(files).find((path) => path.startsWith(`/app/${name}-`) && path.endsWith(`.${extension}`));
  if (found === undefined) throw new Error(`The app has no ${name}.${extension}.`);
  return found;
};

const shell = (files: Record<string, AppFile>): AppFile => {
  const text = readFileSync(`${repository}app/shell.html`, 'utf8').replaceAll(
    /\{\{([\w-]+)\.(\w+)\}\}/g,
    (_, name: string, extension: string) => named(files, name, extension),
  );
  return fileOf('shell.html', Buffer.from(text), false);
};

/** The worker knows what to keep, and is another file as soon as anything that it keeps is. */
const serviceWorker = (files: Record<string, AppFile>): AppFile => {
  const version = sha256(JSON.stringify(files));
  const { outputFiles } = buildSync({
    ...options,
    format: 'iife',
    entryPoints: ['app/service-worker/service-worker.ts'],
    define: { APP_VERSION: JSON.stringify(version), APP_FILES: JSON.stringify(Object.keys(files).toSorted()) },
  });
  const [worker] = outputFiles;
  if (!worker) throw new Error('esbuild made no service worker.');
  return fileOf('sw.js', worker.contents, false);
};

let made: AppFiles | undefined;

/** Builds the app. Its bytes depend on the sources alone. */
export const appFiles = (): AppFiles => {
  if (made) return made;
  const files: Record<string, AppFile> = { ...bundled(), ...icons() };
  const iconOf = (name: string, extension: string): string => named(files, name, extension);
  for (const [path, manifest] of Object.entries(manifests(iconOf))) {
    files[path] = fileOf(path, Buffer.from(JSON.stringify(manifest)), false);
  }
  files['/'] = shell(files);
  made = { ...files, '/sw.js': serviceWorker(files) };
  return made;
};
