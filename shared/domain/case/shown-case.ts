import { defined } from '../defined.ts';
import { isContactKey } from '../family/family.ts';
import type { Alert } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { Deliveries } from './deliveries.ts';
import { seenState } from './family-alone.ts';

/** Whether phone and family believe that no office was to hear of an alert. */
export const hidesOffices = ({ familyAlone }: Pick<Alert, 'familyAlone'>): boolean => familyAlone !== undefined;

/** What is told to the family in the rhythm of a case of which no office knows. */
export const isOfFamilyAlone = (event: CaseEvent): boolean =>
  event.type === 'alert.silent.v1' && event.familyAlone === true;

/** What people at offices do is not to be seen; what the person and their relatives do is. */
export const isSeenWithoutOffices = (event: CaseEvent): boolean =>
  event.by.kind === 'family' ||
  (event.by.kind === 'person' && event.type !== 'alert.cancelled-under-duress.v1') ||
  isOfFamilyAlone(event);

const toContacts = (deliveries: Deliveries): Deliveries =>
  Object.fromEntries(Object.entries(deliveries).filter(([key]) => isContactKey(key)));

/** What the person and their phone made of it, and nothing of what became of it at offices. */
const withoutOffices = (alert: Alert): Alert => {
  const { familyId, alertId, deviceId, raisedAt, drill, droppedFields, deviceView } = alert;
  const { pressedAt, utcOffsetMinutes, origin, position, lastPosition, battery, note } = alert;
  const { joined, ownCase, pressedAgain, disposition, closedAt, familyAlone } = alert;
  const isOver = deviceView !== undefined || drill;
  const alone = { disposition: 'other', closedAt: familyAlone?.closedAt } as const;
  const deliveries = toContacts(alert.deliveries);
  const pressed = { pressedAt, utcOffsetMinutes, origin, position, lastPosition, battery, note };
  const over = isOver ? { disposition, closedAt } : alone.closedAt === undefined ? {} : alone;
  return {
    familyId,
    alertId,
    deviceId,
    raisedAt,
    drill,
    droppedFields,
    deliveries,
    consularNotification: false,
    state: isOver ? alert.state : seenState(alert),
    ...defined({ ...pressed, ...over, deviceView, joined, ownCase, pressedAgain }),
  };
};

/** An alert as phone and family may see it (G7). */
export const shownAlert = (alert: Alert): Alert => (hidesOffices(alert) ? withoutOffices(alert) : alert);

/** The same of a case, with its events. */
export const shownCase = <Found extends { readonly alert: Alert; readonly events: readonly CaseEvent[] }>(
  found: Found,
): Found =>
  hidesOffices(found.alert)
    ? {
        ...found,
        alert: withoutOffices(found.alert),
        events: found.events
          .filter(isSeenWithoutOffices)
          .map((event) => ({ ...event, deliveries: toContacts(event.deliveries) })),
      }
    : found;
