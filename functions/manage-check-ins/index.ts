import { composeManageCheckIns } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeManageCheckIns(process.env));
