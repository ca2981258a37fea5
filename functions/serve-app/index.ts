import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ministryDesk } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/names.ts';
import { optional } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const fileSchema = z.object({ type: z.string(), immutable: z.boolean(), base64: z.string() });

/** `infra/constructs/service-function.ts` puts it beside this bundle. */
const files = z
  .record(z.string(), fileSchema)
  .parse(JSON.parse(readFileSync(new URL('app.json', import.meta.url), 'utf8')));

export const handler = createHandler({
  files,
  settings: {
    desk: { name: ministryDesk.name, phone: ministryDesk.phone },
    asksForCode: optional(process.env, envNames.asksForCode) !== undefined,
  },
});
