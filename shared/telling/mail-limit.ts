import type { OfficeTopic } from './channel.ts';

/** `urgent`: a person is forced, so that one more may go out. */
export type CountedMail = 'single' | 'urgent' | 'digest';

/** Counts the mails to each topic, over every function that sends any. */
export type MailLimit = {
  /** Counts one more, if the topic may still get one in this window of time. @returns whether it may */
  take(topic: OfficeTopic, mail: CountedMail, now: Date): Promise<boolean>;
};

/** A count that fails must never keep a message back: then it goes out. Never rejects. */
export const mayMail = async (limit: MailLimit, topic: OfficeTopic, mail: CountedMail, now: Date): Promise<boolean> => {
  try {
    return await limit.take(topic, mail, now);
  } catch {
    return true;
  }
};
