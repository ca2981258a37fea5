import { readKept } from './kept.ts';

/** The phone's token as it is kept. */
export const readToken = async (): Promise<string | undefined> => {
  const kept = await readKept('phone');
  const token: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, 'token') : undefined;
  return typeof token === 'string' ? token : undefined;
};
