import type { Alert } from './alert.ts';

/** How an alert begins that is raised while the consent that holds is not the one that phones show (G7). */
export const familyAlone = (
  consularNotification: boolean,
  shown: { readonly consularNotification: boolean } | undefined,
): Pick<Alert, 'familyAlone'> =>
  consularNotification && shown?.consularNotification === false ? { familyAlone: {} } : {};

/** The state of an alert that nobody has cancelled, as phone and family may see it. */
export const seenState = ({ state, drill, familyAlone: alone }: Pick<Alert, 'state' | 'drill' | 'familyAlone'>) => {
  if (alone === undefined || drill) return state;
  return alone.closedAt === undefined ? ('raised' as const) : ('closed' as const);
};
