import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { linkUrl, newLink, officeWithId } from '../domain/case/links.ts';
import type { Clock } from '../domain/clock.ts';
import type { Secrets } from '../domain/family/register-family.ts';
import { alertRetentionMs } from '../domain/limits.ts';
import type { PressStart } from '../telling/press-start.ts';
import { pressPlaceItem } from './dynamo-incidents.ts';
import { linkItem } from './dynamo-link-store.ts';
import { listingKey } from './dynamo-keys.ts';
import { listingItem } from './dynamo-open-cases.ts';
import { dynamoTable } from './table.ts';
import { atMost } from './table-expressions.ts';

/**
 * One BatchWriteItem, in the place of a call for each office's link, for each entry of a list and for the place. It knows no
 * conditions, and needs none: whoever has taken a press that nobody has handled is the first to write these. Only a case
 * that is closed in that very moment has an entry already; whoever ends the deliveries sees that, and takes ours out.
 */
export const dynamoPressStart = (
  client: DynamoDBClient,
  tableName: string,
  deps: { readonly now: Clock; readonly newLinkToken: Secrets['newLinkToken']; readonly publicUrl: string },
): PressStart => {
  const table = dynamoTable(client, tableName);
  return {
    write: async (alert, officeIds, place) => {
      const now = deps.now();
      const { familyId, alertId, raisedAt, revision = 0 } = alert;
      const entry = { open: true, forgetAt: new Date(now.getTime() + alertRetentionMs), listedAt: now.toISOString() };
      const made = officeIds.map((officeId) => {
        const recipient = officeWithId(officeId);
        const token = deps.newLinkToken();
        const link = linkItem(newLink(recipient, alert, now), token);
        const listed = listingItem({ familyId, alertId, raisedAt, revision }, officeId, entry);
        return {
          officeId,
          url: linkUrl(deps.publicUrl, recipient, token),
          items: alert.state === 'closed' ? [link] : [link, listed],
        };
      });
      const left = place && pressPlaceItem(place);
      // However busy a place is, nobody waits for others to find the press there.
      await table.putAll([...made.flatMap(({ items }) => items), ...(left ? [left] : [])], left ? [left.pk] : []);
      return new Map(made.map(({ officeId, url }) => [officeId, url]));
    },

    unlist: async ({ familyId, alertId, revision = 0 }, officeIds) => {
      for (const officeId of officeIds) {
        await table.update(listingKey(familyId, alertId, officeId), {
          set: { formerId: officeId },
          remove: ['officeId'],
          if: atMost('revision', revision),
        });
      }
    },
  };
};
