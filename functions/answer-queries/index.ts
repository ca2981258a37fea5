import openApi from '../../docs/openapi.json' with { type: 'json' };
import { composeAnswerQueries } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({ ...composeAnswerQueries(process.env), openApi });
