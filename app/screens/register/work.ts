import type { DoneWork } from '../../../shared/domain/family/registration-work.ts';
import type { App } from '../../app.ts';
import type { Reply } from '../../phone/http.ts';
import { isJson } from '../contact-status.ts';
import { doWork } from './do-work.ts';

export const isAskedForWork = (reply: Reply): boolean =>
  reply.kind === 'problem' && reply.errors.some(({ field }) => field === 'work');

/** The work that the service asks for now, done; what it said instead, if there is none. */
export const workFor = async (app: App): Promise<DoneWork | Reply> => {
  const reply = await app.ask('GET', '/v1/registration-challenge');
  const asked = reply.kind === 'ok' && isJson(reply.body['work']) ? reply.body['work'] : {};
  const { challenge, puzzles, zeroBits } = asked;
  if (typeof challenge !== 'string' || typeof puzzles !== 'number' || typeof zeroBits !== 'number') return reply;
  return doWork({ challenge, puzzles, zeroBits });
};
