import { composeSendDrill } from '../../shared/compose-telling.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(composeSendDrill(process.env));
