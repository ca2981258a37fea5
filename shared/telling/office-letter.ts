import type { Alert } from '../domain/case/alert.ts';
import { type LinkMaker, type OfficeRecipient, officeIdOf } from '../domain/case/links.ts';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import type { Consulate } from '../domain/offices/consulate.ts';
import type { OfficeChannel, OfficeMessage, OfficeTopic } from './channel.ts';
import type { Letter } from './deliver.ts';
import { type Occasion, isUrgent } from './follow-up.ts';
import { type CountedMail, type MailLimit, mayMail } from './mail-limit.ts';
import type { Publication } from './publication.ts';
import type { RaisedForAuthorityFacts } from './raised-message.ts';
import type { AuthorityRecipient } from './recipient.ts';

export type LetterDeps = {
  readonly channel: OfficeChannel;
  readonly mailLimit: MailLimit;
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly linkFor: LinkMaker;
  readonly now: Clock;
};

export type Write = (recipient: AuthorityRecipient, link: string) => Publication;

export const recipientOf = (
  { consulateById }: Pick<LetterDeps, 'consulateById'>,
  office: OfficeRecipient,
): AuthorityRecipient | undefined => {
  if (office.kind === 'ministry') return office;
  const consulate = consulateById(office.id);
  return consulate && { kind: 'consulate', consulate };
};

/**
 * What a message takes before it goes out: a link, and whether it may be a mail of its own. `reached`: how many it reaches,
 * where that is known.
 */
export type Prepared = { readonly link: string; readonly alone: boolean; readonly reached?: number };

/**
 * `together`: people of the office are told of other cases in the same moment, and read of all of them in one digest;
 * `prepared`: what was taken for several offices at once.
 */
type About = {
  readonly alert: Alert;
  readonly urgent: boolean;
  readonly counted: readonly CountedMail[];
  readonly together?: boolean;
  /** Duty phones, which let no drill through, hear of this one. */
  readonly pagesPhones?: boolean;
  readonly prepared?: Prepared;
};

/**
 * As which mails a message may go out by itself: the first that is left. A signal counts as the cancellation that it looks
 * like, and else by itself: whether another message waits for a digest must not show which PIN was typed (G7).
 */
export const countedAs = (occasion: Occasion): readonly CountedMail[] => {
  if (occasion.kind === 'event' && occasion.event.type === 'alert.cancelled-under-duress.v1')
    return occasion.event.asCancelled ? ['single', 'urgent'] : ['urgent'];
  return [isUrgent(occasion) ? 'urgent' : 'single'];
};

/** What a letter about a press goes by. `earlierUnderDuress`: the case before it, if that goes on in secret. */
export const aboutPress = (
  alert: Alert,
  { earlierUnderDuress }: Pick<RaisedForAuthorityFacts, 'earlierUnderDuress'>,
): About => {
  const occasion: Occasion = { kind: 'press', alert };
  return {
    alert,
    urgent: isUrgent(occasion) || earlierUnderDuress !== undefined,
    counted: countedAs(occasion),
    pagesPhones: alert.pagesPhones === true,
  };
};

const prepare = async (
  deps: LetterDeps,
  office: OfficeRecipient,
  topic: OfficeTopic,
  { alert, counted, together = false }: About,
): Promise<Prepared> => {
  const [link, may] = await Promise.all([
    deps.linkFor(office, alert),
    together ? undefined : mayMail(deps.mailLimit, [topic], counted, deps.now()),
  ]);
  return { link, alone: may?.has(topic.officeId) ?? false };
};

/** As a message of its own to people, and to machines as everything. */
const sendToAll = async (
  { channel }: LetterDeps,
  topic: OfficeTopic,
  publication: Omit<OfficeMessage, 'mail'>,
  pagesPhones: boolean,
): ReturnType<OfficeChannel['send']> => {
  if (!pagesPhones) return channel.send(topic, { ...publication, mail: 'each' });
  // By the filters of subscriptions: the first is for machines alone, which know it for a drill, the second for people alone.
  await channel.send(topic, { ...publication, mail: 'none' });
  const attributes = { ...publication.attributes, drill: 'false' };
  return channel.send(topic, { ...publication, attributes, mail: 'digest' });
};

/**
 * A message about a case to one office, or to the ministry. Machines get it at once. Mailboxes and duty phones get it as
 * one of its own, or, if they had too many just now, by the next digest.
 */
export const letterTo = (deps: LetterDeps, office: OfficeRecipient, about: About, write: Write): Letter => {
  const { alert, urgent, prepared, pagesPhones = false } = about;
  const topic = { officeId: officeIdOf(office) };
  return {
    ...(office.kind === 'consulate' && topic),
    send: async () => {
      const recipient = recipientOf(deps, office);
      if (!recipient) return { kind: 'refused', reason: 'no-such-office' };
      const { link, alone, reached } = prepared ?? (await prepare(deps, office, topic, about));
      const publication = { ...write(recipient, link), ...defined({ reached }) };
      const sent = alone
        ? await sendToAll(deps, topic, publication, pagesPhones)
        : await deps.channel.send(topic, { ...publication, mail: 'none' });
      if (alone || sent.kind !== 'accepted' || sent.reached === 0)
        return reached === undefined ? sent : { ...sent, byCheck: true };
      return { kind: 'gathered', waiting: { ...topic, drill: alert.drill, urgent, at: deps.now() } };
    },
    reach: async () => deps.channel.reach(topic),
  };
};
