import { defined } from '../defined.ts';
import type { Family } from '../family/family.ts';
import { isContactKey } from '../family/family.ts';
import type { Alert } from './alert.ts';
import type { CaseEvent } from './case-event.ts';

/**
 * Whether phone and family believe that no office was to hear of an alert: the consent was withdrawn before it, with the
 * duress PIN, and holds all the same.
 */
export const hidesOffices = (
  { consularNotification, raisedAt }: Pick<Alert, 'consularNotification' | 'raisedAt'>,
  { shown }: Pick<Family, 'shown'>,
): boolean =>
  consularNotification && shown !== undefined && !shown.consent.consularNotification && shown.consent.at <= raisedAt;

/** What people at offices do is not to be seen; what the person and their relatives do is. */
export const isSeenWithoutOffices = ({ by, type }: CaseEvent): boolean =>
  by.kind === 'family' || (by.kind === 'person' && type !== 'alert.cancelled-under-duress.v1');

/** What the person and their phone made of it, and nothing of what became of it at offices. */
const withoutOffices = (alert: Alert): Alert => {
  const { familyId, alertId, deviceId, raisedAt, drill, droppedFields, deviceView } = alert;
  const { pressedAt, utcOffsetMinutes, origin, position, lastPosition, battery, note } = alert;
  const { joined, ownCase, pressedAgain, state, disposition, closedAt } = alert;
  const isOver = deviceView !== undefined || drill;
  const deliveries = Object.fromEntries(Object.entries(alert.deliveries).filter(([key]) => isContactKey(key)));
  const pressed = { pressedAt, utcOffsetMinutes, origin, position, lastPosition, battery, note };
  const over = isOver ? { disposition, closedAt } : {};
  return {
    familyId,
    alertId,
    deviceId,
    raisedAt,
    drill,
    droppedFields,
    deliveries,
    consularNotification: false,
    state: isOver ? state : 'raised',
    ...defined({ ...pressed, ...over, deviceView, joined, ownCase, pressedAgain }),
  };
};

/** An alert as phone and family may see it (G7). */
export const shownAlert = (alert: Alert, family: Pick<Family, 'shown'>): Alert =>
  hidesOffices(alert, family) ? withoutOffices(alert) : alert;

/** The same of a case, with its events. */
export const shownCase = <Found extends { readonly alert: Alert; readonly events: readonly CaseEvent[] }>(
  found: Found,
  family: Pick<Family, 'shown'>,
): Found =>
  hidesOffices(found.alert, family)
    ? { ...found, alert: withoutOffices(found.alert), events: found.events.filter(isSeenWithoutOffices) }
    : found;
