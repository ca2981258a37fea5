import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../domain/clock.ts';
import type { LinkMaker } from '../domain/case/links.ts';
import { linkLifetimeMs, linkPath } from '../domain/case/links.ts';
import { dynamoLinkStore } from './dynamo-link-store.ts';
import { nodeSecrets } from './node-secrets.ts';

/** Mints a link for each message; absolute, since it is opened from a text. */
export const linkMaker = (client: DynamoDBClient, tableName: string, publicUrl: string, now: Clock): LinkMaker => {
  const links = dynamoLinkStore(client, tableName, { now, newSecret: nodeSecrets.newSecret });
  return async (recipient, { familyId, alertId }) => {
    const expiresAt = new Date(now().getTime() + linkLifetimeMs).toISOString();
    const token = await links.mint({ familyId, alertId, recipient, expiresAt });
    return `${publicUrl}${linkPath(recipient, token)}`;
  };
};
