import { composeManageFamily } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeManageFamily(process.env));
