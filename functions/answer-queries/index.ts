import openApi from '../../docs/openapi.json' with { type: 'json' };
import { composeAnswerQueries } from '../../shared/compose.ts';
import { behindEdge } from '../../shared/runtime/behind-edge.ts';
import { createHandler } from './handler.ts';

export const handler = behindEdge(
  process.env,
  'answer-queries',
  createHandler({ ...composeAnswerQueries(process.env), openApi }),
);
