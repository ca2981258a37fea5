import { operator } from './operator-commands.ts';

/** Ids and clock of these fixtures. */
export const family = '7d0e9f52-6a0b-4a52-9a0c-0d7a5c1f2b10';
export const first = '3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611';
export const now = new Date('2026-11-22T23:00:00.000Z');

/** What stands in the table beside what an operator may see. */
export const secrets = {
  deviceId: 'device',
  position: { latitude: 34.0522, longitude: -118.2437 },
  lastPosition: { latitude: 34.1, longitude: -118.3, measuredAt: '2026-11-22T22:59:00.000Z' },
  note: 'Dos camionetas',
  facility: 'Adelanto',
  acknowledgedBy: 'Oficial Pérez',
  representative: { name: 'Lic. Soto', phone: '+12135550188', assignedAt: '2026-11-22T22:50:00.000Z' },
};

type Overrides = Record<string, unknown>;

/** The item of an alert as the table holds it, people and all. `officeId`: the office that has it in its list. */
export const alertItem = (minutesAgo: number, overrides: Overrides = {}) => {
  const { alertId = first, familyId = family, ...rest } = overrides;
  return {
    pk: `FAMILY#${String(familyId)}`,
    sk: `ALERT#${String(alertId)}`,
    itemType: 'alert',
    familyId,
    alertId,
    state: 'raised',
    drill: false,
    raisedAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
    consularNotification: true,
    consulate: { id: 'los-angeles', distanceMeters: 3214, basis: 'location' },
    raisedTo: { id: 'los-angeles', distanceMeters: 3214, basis: 'location' },
    officeId: 'los-angeles',
    deliveries: {
      family: { status: 'sent', at: '2026-11-22T22:46:01.000Z' },
      consulate: { status: 'sent', at: '2026-11-22T22:46:01.000Z', id: 'los-angeles' },
      ministry: { status: 'pending', claimedBy: 'a-claim', claimedUntil: 1 },
    },
    ...secrets,
    ...rest,
  };
};

export const eventItem = (eventId: string, minutesAgo: number, overrides: Overrides) => ({
  pk: `FAMILY#${family}`,
  sk: `EVENT#${first}#${eventId}`,
  itemType: 'event',
  eventId,
  at: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  drill: false,
  deliveries: {},
  ...overrides,
});

type Item = Overrides & { readonly pk: string; readonly sk: string };

/** These items as they lie in the table, with the entries of lists. */
export const inTable = (items: readonly Item[]) =>
  items.flatMap(({ officeId, ...item }): Item[] => {
    const { pk, sk, raisedAt } = item;
    const listing = {
      pk,
      sk: `${sk.replace('ALERT#', 'OFFICE#')}#${String(officeId)}`,
      itemType: 'listing',
      officeId,
      raisedAt,
    };
    return typeof officeId === 'string' ? [item, listing] : [item];
  });

/** The operator's commands over a table with these items. */
export const deskWith = async (...items: readonly Item[]) => {
  const desk = await operator({ now });
  desk.table.put(...inTable(items));
  return desk;
};

/** The first alert with what happened since. */
export const timeline = [
  alertItem(14, { raisedAt: '2026-11-22T22:46:00.000Z', consulate: { id: 'douglas' }, officeId: 'douglas' }),
  eventItem('office-unreachable.el-paso', 13, {
    type: 'alert.escalated.v1',
    by: { kind: 'system' },
    reason: 'office-unreachable',
    consulate: { id: 'douglas' },
    triedConsulates: ['el-paso'],
    deliveries: {
      'consulate:douglas': { status: 'unreachable', at: '2026-11-22T22:47:02.000Z' },
      ministry: { status: 'sent', at: '2026-11-22T22:47:01.000Z' },
    },
  }),
  eventItem('z-later', 3, {
    type: 'alert.state-changed.v1',
    by: { kind: 'officer', officeId: 'douglas', name: 'Oficial Pérez' },
    from: 'acknowledged',
    to: 'located',
    facility: 'Adelanto',
    note: 'Dos camionetas',
    deliveries: { family: { status: 'sent', at: '2026-11-22T22:57:04.000Z' } },
  }),
  eventItem('family', 2, {
    type: 'family.on-it.v1',
    by: { kind: 'family', name: 'Lupita' },
    name: 'Lupita',
    task: 'llamar',
  }),
];
