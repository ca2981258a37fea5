import { composeRecordPositions } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeRecordPositions(process.env));
