import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { raisedAlertItem } from '../../shared/adapters/alert-item.ts';
import { caseEventItem, eventOf } from '../../shared/adapters/dynamo-items.ts';
import { familyKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import { listingItem } from '../../shared/adapters/dynamo-open-cases.ts';
import { type Alert, toldOffices } from '../../shared/domain/case/alert.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import type { MadeOutside } from './outside.ts';

const put = async ({ table }: Pick<MadeOutside, 'table'>, item: object): Promise<void> => {
  const Item = marshall(item, { removeUndefinedValues: true });
  await table.call('PutItem', { TableName: 'alerts', Item });
};

/** Puts a family's item into the table, as it is long after registration. */
export const keepFamily = async (made: Pick<MadeOutside, 'table'>, family: Case['family']): Promise<void> =>
  put(made, { ...familyKey(family.familyId), itemType: 'family', deliveries: {}, devices: {}, ...family });

/** Puts a case as it is into the table: the alert, its timeline and its entries in the offices' lists. */
export const keepCase = async (
  made: Pick<MadeOutside, 'table'>,
  { alert, events }: Pick<Case, 'alert' | 'events'>,
): Promise<void> => {
  await put(made, raisedAlertItem(alert));
  for (const event of events) await put(made, caseEventItem(event));
  const forgetAt = new Date('2027-05-01T00:00:00.000Z');
  const listing = { open: alert.state !== 'closed', forgetAt, listedAt: alert.raisedAt };
  for (const officeId of toldOffices(alert)) {
    await put(made, listingItem({ revision: 0, ...alert }, officeId, listing));
  }
};

/** Mints a link, through which its officer, if there is one, has signed; its token is the given one. */
export const keepLink = async ({ outside, now }: MadeOutside, link: Link, linkToken: string): Promise<void> => {
  const links = dynamoLinkStore(outside.dynamo, 'alerts', { now, newLinkToken: () => linkToken });
  await links.mint(link);
  if (link.officer !== undefined) await links.rememberOfficer(linkToken, link.officer);
};

/** The alert and its later events, oldest first, as the table has them. */
export const keptCase = (
  { table }: Pick<MadeOutside, 'table'>,
  { familyId, alertId }: Pick<Alert, 'familyId' | 'alertId'>,
): { readonly alert: Alert | undefined; readonly events: readonly CaseEvent[] } => {
  const stored = table.partition(familyKey(familyId).pk).map((item) => eventOf(unmarshall(item)));
  const alerts = stored.flatMap((one) => (one?.kind === 'alert' ? [one.alert] : []));
  const events = stored.flatMap((one) => (one?.kind === 'event' ? [one.event] : []));
  return {
    alert: alerts.find((alert) => alert.alertId === alertId),
    events: events.filter((event) => event.alertId === alertId).toSorted((a, b) => a.at.localeCompare(b.at)),
  };
};
