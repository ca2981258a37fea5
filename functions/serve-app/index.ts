import { composeServeApp } from '../../shared/compose.ts';
import { behindEdge } from '../../shared/runtime/behind-edge.ts';
import { readAppFiles } from './app-files.ts';
import { createHandler } from './handler.ts';

// infra/constructs/service-function.ts puts the file there.
const files = readAppFiles(new URL('app.json', import.meta.url));

export const handler = behindEdge(process.env, 'serve-app', createHandler({ ...composeServeApp(process.env), files }));
