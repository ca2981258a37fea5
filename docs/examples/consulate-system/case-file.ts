import { open, readFile } from 'node:fs/promises';
import { readAnnouncement, type Announcement } from './announcement.ts';
import { isObject, parseJson } from './sns-message.ts';

/** What is known of one case, from whatever order of messages. */
export type Case = {
  readonly caseId: string;
  readonly drill: boolean;
  readonly state: string;
  readonly underDuress: boolean;
  /** Of the latest event. */
  readonly headline: string;
  readonly at: string;
  readonly identifier: string;
  readonly link: string | undefined;
  readonly linkSent: string;
};

export type CaseFile = {
  /**
   * Writes a message down, once. When it resolves, the message survives a power cut: only then tell SNS or SQS.
   * @returns the case with the news, or undefined for a message that was here before
   */
  readonly take: (messageId: string, announcement: Announcement) => Promise<Case | undefined>;
  readonly cases: () => readonly Case[];
  readonly close: () => Promise<void>;
};

/** Whether the news happened after what is known. Of two at the same instant the press was first. */
const isLater = (news: Announcement, known: Case): boolean => {
  const ms = Date.parse(news.at) - Date.parse(known.at);
  if (ms !== 0) return ms > 0;
  const isPress = (identifier: string): boolean => identifier.endsWith('/alert.raised.v1');
  if (isPress(news.identifier) || isPress(known.identifier)) return isPress(known.identifier);
  return news.identifier > known.identifier;
};

/** Adds one event to a case. The same events in any order make the same case. */
const withNews = (known: Case | undefined, news: Announcement): Case => {
  const { caseId, drill, link, state, headline, at, identifier } = news;
  const hasNewestLink =
    link !== undefined && (known?.link === undefined || Date.parse(news.sent) >= Date.parse(known.linkSent));
  return {
    caseId,
    drill,
    ...(known === undefined || isLater(news, known) ? { state, headline, at, identifier } : known),
    underDuress: news.underDuress || known?.underDuress === true,
    link: hasNewestLink ? link : known?.link,
    linkSent: hasNewestLink ? news.sent : (known?.linkSent ?? news.sent),
  };
};

/**
 * A file with one line a message, so that nothing is lost or handled twice over a restart. It holds what a database
 * table of your own would: names, phones and links. Readable by its owner only, and yours to delete in time.
 */
export const openCaseFile = async (path: string): Promise<CaseFile> => {
  const cases = new Map<string, Case>();
  const seen = new Set<string>();

  const apply = (messageId: string, news: Announcement): Case => {
    seen.add(messageId).add(news.identifier);
    const changed = withNews(cases.get(news.caseId), news);
    cases.set(news.caseId, changed);
    return changed;
  };

  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  for (const line of lines) {
    const entry = parseJson(line);
    // A line cut short by a crash was never acknowledged: SNS or SQS sends it again.
    if (!isObject(entry) || typeof entry['messageId'] !== 'string') continue;
    apply(entry['messageId'], readAnnouncement(JSON.stringify(entry['document'])));
  }
  const file = await open(path, 'a', 0o600);
  // After a cut line the next one must not be glued to it.
  if (lines.at(-1) !== '') await file.write('\n');

  let last: Promise<unknown> = Promise.resolve();
  const take: CaseFile['take'] = async (messageId, news) => {
    // The same event can come as another message: the sender repeats when it is not sure.
    if (seen.has(messageId) || seen.has(news.identifier)) return undefined;
    await file.write(`${JSON.stringify({ messageId, document: news.document })}\n`);
    await file.datasync();
    return apply(messageId, news);
  };

  return {
    // One after the other: of two copies at once the second is the duplicate.
    take: async (messageId, news) => {
      const taken = last.then(async () => take(messageId, news));
      last = taken.catch(() => undefined);
      return taken;
    },
    cases: () => [...cases.values()],
    close: async () => {
      await last;
      await file.close();
    },
  };
};
