import type { OfficeTopic } from './channel.ts';

/** `urgent`: a person is forced, so that one more may go out. */
export type CountedMail = 'single' | 'urgent' | 'digest';

/** Counts the mails to each topic, over every function that sends any. */
export type MailLimit = {
  /** Counts one more to each topic. @returns ids of those that may still get one in this window of time */
  take(topics: readonly OfficeTopic[], mail: CountedMail, now: Date): Promise<ReadonlySet<string>>;
};

/**
 * Which topics may get a mail of its own, by id. `counted`: as which mails it may go out, the first that is left. A count
 * that fails must never keep a message back: then it goes out. Never rejects.
 */
export const mayMail = async (
  limit: MailLimit,
  topics: readonly OfficeTopic[],
  counted: readonly CountedMail[],
  now: Date,
): Promise<ReadonlySet<string>> => {
  const may = new Set<string>();
  for (const mail of counted) {
    const left = topics.filter(({ officeId }) => !may.has(officeId));
    if (left.length === 0) break;
    const found = await limit.take(left, mail, now).catch(() => new Set(left.map(({ officeId }) => officeId)));
    for (const officeId of found) may.add(officeId);
  }
  return may;
};
