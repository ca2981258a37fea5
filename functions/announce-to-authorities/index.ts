import { composeAnnounceToAuthorities } from '../../shared/compose-telling.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeAnnounceToAuthorities(process.env));
