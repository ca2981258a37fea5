import { composeManageFamily } from '../../shared/compose.ts';
import { behindEdge } from '../../shared/runtime/behind-edge.ts';
import { createHandler } from './handler.ts';

export const handler = behindEdge(process.env, 'manage-family', createHandler(composeManageFamily(process.env)));
