import { composeAnnounceToFamily } from '../../shared/compose.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeAnnounceToFamily(process.env));
