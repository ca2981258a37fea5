import { composeCancelAlert } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeCancelAlert(process.env));
