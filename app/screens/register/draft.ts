import type { DoneWork } from '../../../shared/domain/family/registration-work.ts';
import type { App } from '../../app.ts';
import type { Reply } from '../../phone/http.ts';
import { uuid } from '../../phone/uuid.ts';
import type { Position } from '../../queue/record.ts';
import type { ContactDraft, TypedContact } from '../contact-fields.ts';
import { isAskedForWork, workFor } from './work.ts';

/** What was typed of a registration: in memory alone, so that a reload forgets it. */
export type Draft = {
  /** The same however often it is sent: a lost answer makes no second family. Another for what was changed after that. */
  registrationId: string;
  code: string;
  speaks: string;
  name: string;
  readonly contacts: ContactDraft[];
  /** The row that is open. */
  typing: TypedContact | undefined;
  /** Index of the trusted contact. */
  trusted: number | undefined;
  pin: string;
  duressPin: string;
  consent: { readonly given: boolean; readonly version: string; readonly language: string } | undefined;
  share: boolean | undefined;
  home: Position | undefined;
  /** Where the service asks for work. It is good for one registration, however often that is sent. */
  work: DoneWork | undefined;
};

/** @param code of the workshop, where a link brought it */
export const newDraft = (app: App, code: string): Draft => ({
  registrationId: uuid(),
  code,
  speaks: app.phone().language,
  name: '',
  contacts: [],
  typing: undefined,
  trusted: undefined,
  pin: '',
  duressPin: '',
  consent: undefined,
  share: undefined,
  home: undefined,
  work: undefined,
});

const mostTries = 4;
const mostWorks = 3;

/** A whole workshop on one network asks at the same moment, and ten a second are let in: the others wait a little. */
const mayStillSucceed = (reply: Reply): boolean =>
  reply.kind === 'lost' ||
  (reply.kind === 'problem' && (reply.status >= 500 || (reply.status === 429 && reply.errors.length === 0)));

/** Sends the registration, again if that may help: its id makes it one. */
export const sendDraft = async (app: App, draft: Draft): Promise<Reply> => {
  for (let tries = 1; ; tries += 1) {
    const reply = await sendWithWork(app, draft);
    if (reply.kind === 'problem' && reply.code === 'registration-differs' && tries < mostTries) {
      draft.registrationId = uuid();
      continue;
    }
    if (!mayStillSucceed(reply) || tries === mostTries || !navigator.onLine) return reply;
    await new Promise((resolve) => {
      setTimeout(resolve, tries * 1000 * (0.5 + Math.random()));
    });
  }
};

/** Work is done once the service asks for it, and again if it came too late. */
const sendWithWork = async (app: App, draft: Draft): Promise<Reply> => {
  for (let works = 0; ; works += 1) {
    const reply = await sendOnce(app, draft);
    if (!isAskedForWork(reply) || works === mostWorks) return reply;
    const work = await workFor(app);
    if ('kind' in work) return work;
    draft.work = work;
  }
};

const sendOnce = async (app: App, draft: Draft): Promise<Reply> => {
  const { registrationId, code, speaks, name, contacts, trusted, pin, duressPin, consent, share, home, work } = draft;
  return app.ask('POST', '/v1/families', {
    registrationId,
    person: { name, language: app.phone().language, speaks, ...(home && { homePosition: home }) },
    contacts: contacts.map((contact, index) => ({ ...contact, ...(index === trusted && { trusted: true }) })),
    pin,
    ...(duressPin !== '' && { duressPin }),
    consent: {
      consularNotification: consent?.given === true,
      version: consent?.version ?? '',
      ...(consent && { language: consent.language }),
    },
    ...(share !== undefined && { sharePositionWithFamily: share }),
    ...(code !== '' && { registrationCode: code }),
    ...(work && { work }),
  });
};
