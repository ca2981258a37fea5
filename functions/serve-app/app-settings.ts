import { createHash } from 'node:crypto';

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

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const attribute = (text: string): string => text.replaceAll(/[&"<>]/g, (character) => escapes[character] ?? character);

/** The files with the settings of this deployment: in the shell, and in the worker, which is new when they are. */
export const withSettings = (
  files: Readonly<Record<string, ServedFile>>,
  settings: AppSettings,
): Map<string, { file: ServedFile; bytes: Buffer }> => {
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
