import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { digestsAWindow, mailsAWindow, mailWindowMs, urgentMailsAWindow } from '../domain/limits.ts';
import type { CountedMail, MailLimit } from '../telling/mail-limit.ts';
import { mailCountKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, below, either } from './table-expressions.ts';

/** Which count a mail adds to, and how high that may be before. */
const counts: Readonly<Record<CountedMail, { readonly name: string; readonly most: number }>> = {
  single: { name: 'singles', most: mailsAWindow },
  // By itself: else a phone could see by the next press, which waits for a digest, that there was one (G7).
  urgent: { name: 'urgents', most: urgentMailsAWindow },
  digest: { name: 'digests', most: digestsAWindow },
};

const keptMs = 60 * 60 * 1000;

/** One item for each topic and window; one conditional UpdateItem for each mail. */
export const dynamoMailLimit = (client: DynamoDBClient, tableName: string): MailLimit => {
  const table = dynamoTable(client, tableName);
  return {
    take: async ({ officeId }, mail, now) => {
      const { name, most } = counts[mail];
      const startMs = Math.floor(now.getTime() / mailWindowMs) * mailWindowMs;
      const outcome = await table.update(mailCountKey(officeId, new Date(startMs)), {
        set: { itemType: 'mail-count', expiresAt: Math.floor((startMs + keptMs) / 1000) },
        add: { [name]: 1 },
        if: either(absent(name), below(name, most)),
      });
      return outcome.kind === 'applied';
    },
  };
};
