import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { ServedFile } from './app-settings.ts';

const filesSchema = z.record(z.string(), z.object({ type: z.string(), immutable: z.boolean(), base64: z.string() }));

/** The app as the build left it beside a function's bundle. */
export const readAppFiles = (file: URL): Readonly<Record<string, ServedFile>> =>
  filesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
