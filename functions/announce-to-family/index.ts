import { composeAnnounceToFamily } from '../../shared/compose-telling.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeAnnounceToFamily(process.env));
