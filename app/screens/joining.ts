import type { App } from '../app.ts';
import { isJson } from './contact-status.ts';
import { findOpenAlerts } from './open-press.ts';

/** `person.consent`, as the service says it: the answer itself, or what was signed. */
const consentIn = (person: unknown): boolean => {
  const consent = isJson(person) ? person['consent'] : undefined;
  return consent === true || (isJson(consent) && consent['consularNotification'] === true);
};

/** Makes this the phone of a family that exists: its token, and whether an office may be named. */
export const becomePhone = async (app: App, token: string): Promise<void> => {
  await app.setPhone({ token });
  const reply = await app.ask('GET', '/v1/family');
  await app.setPhone({ consent: reply.kind === 'ok' && consentIn(reply.body['person']) });
  await findOpenAlerts(app);
  await app.queue.revive();
};
