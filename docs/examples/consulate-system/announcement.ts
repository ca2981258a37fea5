import { isObject, parseJson } from './sns-message.ts';

/**
 * What this system uses of an announcement. All of it is in `document`, whose members are described in
 * shared/contracts/announcement.schema.json with an example for each type beside it.
 */
export type Announcement = {
  /** The same however often this event is delivered. */
  readonly identifier: string;
  /** `alert.raised.v1` and others. New types come: treat an unknown one as news of its case. */
  readonly type: string;
  readonly caseId: string;
  /** When it happened. Messages overtake each other: the state is that of the latest `at`, not of the last message. */
  readonly at: string;
  /** When this delivery was made. The newest has the link that lives longest. */
  readonly sent: string;
  readonly drill: boolean;
  readonly state: string;
  /** Forced to cancel, or to say that all is well. Call the family by voice; leave the person's phone alone. */
  readonly underDuress: boolean;
  /** One line for a list. */
  readonly headline: string;
  /** The office's own page of the case, and where to acknowledge. A secret. */
  readonly link: string | undefined;
  readonly document: Readonly<Record<string, unknown>>;
};

/** The document is genuine, and this system cannot read it: a person has to look. */
export class UnreadableError extends Error {}

/** A digest names, for mailboxes, what each came by itself before. A subscription with the filter for machines gets none. */
export const isDigest = (text: string): boolean => {
  const document = parseJson(text);
  return isObject(document) && document['type'] === 'cases.digest.v1';
};

/**
 * Reads a document of version 1.x. Members that it does not know are left alone.
 * @throws {UnreadableError} naming the member that is missing
 */
export const readAnnouncement = (text: string): Announcement => {
  const document = parseJson(text);
  if (!isObject(document)) throw new UnreadableError('the message is not a JSON object');
  const textAt = (holder: Record<string, unknown>, name: string): string => {
    const value = holder[name];
    if (typeof value !== 'string') throw new UnreadableError(`${name} is missing`);
    return value;
  };
  if (!textAt(document, 'specVersion').startsWith('1.')) throw new UnreadableError('another major version');
  const { info, origin } = document;
  if (!isObject(info)) throw new UnreadableError('info is missing');
  const at = textAt(document, 'at');
  const sent = textAt(document, 'sent');
  if (Number.isNaN(Date.parse(at)) || Number.isNaN(Date.parse(sent))) throw new UnreadableError('a time is wrong');
  return {
    identifier: textAt(document, 'identifier'),
    type: textAt(document, 'type'),
    caseId: textAt(document, 'caseId'),
    at,
    sent,
    // Only what says so is a drill: in doubt somebody is in need.
    drill: document['status'] === 'Exercise',
    state: textAt(document, 'state'),
    underDuress: document['underDuress'] === true || (isObject(origin) && origin['kind'] === 'duress-check-in'),
    headline: textAt(info, 'headline'),
    link: typeof info['web'] === 'string' ? info['web'] : undefined,
    document,
  };
};
