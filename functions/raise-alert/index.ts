import { composeRaiseAlert } from '../../shared/compose-press.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeRaiseAlert(process.env));
