import type { Alert } from './alert.ts';
import type { Deliveries } from './deliveries.ts';
import { officeOf } from './deliveries.ts';
import { drillFamilyId } from './drill-family.ts';
import type { Family } from '../family/family.ts';
import { officeDrillKeptMs } from '../limits.ts';
import type { Consulate } from '../offices/consulate.ts';
import { ministryOwns } from '../offices/consulate.ts';
import { isWithinHours, parseHours } from '../representatives/hours.ts';

/** Whether the operator rehearses it with an office, and no person with their family. */
const isOfficesDrill = ({ familyId }: Pick<Alert, 'familyId'>): boolean => familyId === drillFamilyId;

/** Stores drills of offices. */
export type OfficeDrills = {
  /** Durable when it resolves; the stream tells the office from there. The family is the same for every drill. */
  raise(alert: Alert, family: Family): Promise<void>;
};

/** When a drill may page duty phones, by the clock of the office: nobody is woken for it. */
const officeHours = parseHours('Mo-Fr 09:00-18:00') ?? [];

export const mayPagePhones = (now: Date, timeZone: string): boolean => isWithinHours(officeHours, now, timeZone);

/**
 * A case that an office must take, at the office itself; without one, the ministry's. It has the way of a press from the
 * table on: nobody else hears of it.
 */
export const officeDrill = (
  office: Consulate | undefined,
  { alertId, now, note, pagesPhones }: { alertId: string; now: Date; note: string; pagesPhones: boolean },
): Alert => {
  const pending = { status: 'pending' } as const;
  const assigned = office && ({ id: office.id, distanceMeters: 0, basis: 'great-circle' } as const);
  const at = now.toISOString();
  return {
    familyId: drillFamilyId,
    alertId,
    deviceId: 'operator',
    state: 'raised',
    raisedAt: at,
    drill: true,
    note,
    droppedFields: [],
    consularNotification: true,
    consulate: assigned ?? ministryOwns,
    deliveries: office ? { consulate: pending } : { ministry: pending },
    ...(office && { position: { latitude: office.latitude, longitude: office.longitude, measuredAt: at } }),
    ...(assigned && { raisedTo: assigned }),
    ...(pagesPhones && { pagesPhones: true as const }),
  };
};

/** Whom an event is told: of an office's drill the offices that it is for, and neither a family nor the ministry beside them. */
export const toldOf = (alert: Pick<Alert, 'familyId'>, deliveries: Deliveries): Deliveries =>
  isOfficesDrill(alert)
    ? Object.fromEntries(Object.entries(deliveries).filter(([key]) => officeOf(key) !== undefined))
    : deliveries;

/** How long a closed case is kept: an office's drill as long as somebody asks when the last one was. */
export const keptMs = (alert: Pick<Alert, 'familyId'>, retentionMs: number): number =>
  isOfficesDrill(alert) ? Math.max(retentionMs, officeDrillKeptMs) : retentionMs;
