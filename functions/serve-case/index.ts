import { composeServeCase } from '../../shared/compose.ts';
import { behindEdge } from '../../shared/runtime/behind-edge.ts';
import { createHandler } from './handler.ts';

export const handler = behindEdge(process.env, 'serve-case', createHandler(composeServeCase(process.env)));
