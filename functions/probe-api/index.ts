import { envNames } from '../../shared/names.ts';
import { required } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({ fetch, apiUrl: required(process.env, envNames.apiUrl), timeoutMs: 10_000 });
