import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { digestsAWindow, mailsAWindow, mailWindowMs, urgentMailsAWindow } from '../domain/limits.ts';
import type { CountedMail, MailLimit } from '../telling/mail-limit.ts';
import { mailCountKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

/** Which count a mail adds to, and up to which number it goes out. */
const counts: Readonly<Record<CountedMail, { readonly name: string; readonly most: number }>> = {
  single: { name: 'singles', most: mailsAWindow },
  // By itself: else a phone could see by the next press, which waits for a digest, that there was one (G7).
  urgent: { name: 'urgents', most: urgentMailsAWindow },
  digest: { name: 'digests', most: digestsAWindow },
};

const keptMs = 60 * 60 * 1000;

/** One item for each window, with a count for each topic: one UpdateItem, whose answer says how many there were. */
export const dynamoMailLimit = (client: DynamoDBClient, tableName: string): MailLimit => {
  const table = dynamoTable(client, tableName);
  return {
    take: async (topics, mail, now) => {
      const { name, most } = counts[mail];
      const startMs = Math.floor(now.getTime() / mailWindowMs) * mailWindowMs;
      const outcome = await table.updateAndRead(mailCountKey(new Date(startMs)), {
        set: { itemType: 'mail-count', expiresAt: Math.floor((startMs + keptMs) / 1000) },
        add: Object.fromEntries(topics.map(({ officeId }) => [`${name}:${officeId}`, 1])),
      });
      const found = outcome.kind === 'applied' ? outcome.now : {};
      const ids = topics.map(({ officeId }) => officeId);
      return new Set(ids.filter((officeId) => Number(found[`${name}:${officeId}`]) <= most));
    },
  };
};
