import { composeRegisterFamily } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeRegisterFamily(process.env));
