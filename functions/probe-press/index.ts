import { composeProbePress } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({ ...composeProbePress(process.env), fetch, timeoutMs: 10_000 });
