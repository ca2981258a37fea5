import { composeWatchman } from '../../shared/compose-telling.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeWatchman(process.env));
