import { composeServeCase } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeServeCase(process.env));
