import { isDigest, readAnnouncement, type Announcement } from './announcement.ts';
import type { Case, CaseFile } from './case-file.ts';
import { readSnsMessage, RefusedError, verifySignature, type Certificates, type SnsMessage } from './sns-message.ts';

export type InboxOptions = {
  /** The topics that you listen to. A message of any other is refused, however well it is signed. */
  readonly topicArns: readonly string[];
  /** From where certificates are taken, and confirmations opened: `https://sns.<region>.amazonaws.com`. */
  readonly snsOrigin: string;
  readonly certificates: Certificates;
  readonly caseFile: CaseFile;
  /** Confirms the subscription that the message is about. It has been checked. */
  readonly confirm: (message: SnsMessage) => Promise<void>;
  /** News for your officers. Called once for each event, when it is safely written down. */
  readonly onNews: (changed: Case, news: Announcement) => void;
  /** Somebody removed the subscription: nothing comes any more. */
  readonly onUnsubscribed: (topicArn: string) => void;
  readonly now: () => Date;
};

export type Taken = 'handled' | 'duplicate' | 'confirmed' | 'unsubscribed';

/** SNS retries a web hook for an hour at most, and clocks differ. Anything older was recorded and is played back. */
const oldestMs = 2 * 3_600_000;
const mostAheadMs = 15 * 60_000;

/** What both ways in have in common. */
export type Inbox = {
  /**
   * Takes a message of SNS. `posted`: it came over the network, so an old one is refused. A queue keeps messages for
   * days, and what waited there has to be read.
   * @throws {RefusedError} forged, altered, stale, or not ours
   */
  readonly take: (text: string, from: 'posted' | 'queued') => Promise<Taken>;
  /** Takes a document that came without SNS's envelope, and so without a signature. */
  readonly takeRaw: (messageId: string, text: string) => Promise<Taken>;
};

export const createInbox = (options: InboxOptions): Inbox => {
  const { topicArns, snsOrigin, certificates, caseFile, confirm, onNews, onUnsubscribed, now } = options;

  const takeRaw: Inbox['takeRaw'] = async (messageId, text) => {
    if (isDigest(text)) return 'duplicate';
    const news = readAnnouncement(text);
    const changed = await caseFile.take(messageId, news);
    if (changed === undefined) return 'duplicate';
    onNews(changed, news);
    return 'handled';
  };

  const take: Inbox['take'] = async (text, from) => {
    const message = readSnsMessage(text);
    if (!topicArns.includes(message.TopicArn)) throw new RefusedError('another topic');
    await verifySignature(message, { snsOrigin, certificates, now: now() });
    const ageMs = now().getTime() - Date.parse(message.Timestamp);
    if (from === 'posted' && (ageMs > oldestMs || ageMs < -mostAheadMs)) {
      throw new RefusedError(`it is ${Math.round(ageMs / 60_000)} minutes old: played back, or your clock is wrong`);
    }
    switch (message.Type) {
      case 'Notification':
        return takeRaw(message.MessageId, message.Message);
      case 'SubscriptionConfirmation':
        await confirm(message);
        return 'confirmed';
      case 'UnsubscribeConfirmation':
        onUnsubscribed(message.TopicArn);
        return 'unsubscribed';
    }
  };

  return { take, takeRaw };
};

/** Confirms by opening the link that SNS sent. Anyone who has a message can then unsubscribe you with its other link. */
export const confirmByLink =
  (snsOrigin: string) =>
  async ({ SubscribeURL = '' }: SnsMessage): Promise<void> => {
    if (URL.parse(SubscribeURL)?.origin !== snsOrigin) throw new RefusedError('the confirmation is not at SNS');
    const response = await fetch(SubscribeURL, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`SNS answered the confirmation with ${response.status}`);
  };
