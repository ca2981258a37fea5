import { composeSubscribeOffice } from '../../shared/compose-telling.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeSubscribeOffice(process.env));
