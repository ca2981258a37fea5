import type { Alert } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from './choose-consulate.ts';
import type { Clock } from './clock.ts';
import type { AssignedConsulate } from './consulate.ts';
import type { Family } from './family.ts';

/** So many offices are tried; then the ministry owns the alert, as the network has a fault that no office can mend. */
const maximumConsulatesTried = 3;

const ministryOwns: AssignedConsulate = { id: 'ministry', distanceMeters: null, basis: 'ministry' };

/**
 * The event by which an alert goes on to the next-nearest office and the ministry, as the last of `tried` has nobody
 * who listens (G2).
 */
export const passOnToNextConsulate = async (
  deps: { readonly chooseConsulate: (facts: ChooseConsulateFacts) => Promise<ChosenConsulate>; readonly now: Clock },
  alert: Alert,
  family: Family,
  tried: readonly string[],
): Promise<CaseEvent> => {
  const { familyId, alertId, drill, consularNotification, position } = alert;
  const { homePosition } = family.person;
  const chosen =
    tried.length < maximumConsulatesTried
      ? await deps.chooseConsulate({ consularNotification, position, homePosition, exclude: tried })
      : undefined;
  const consulate = chosen?.kind === 'chosen' ? chosen.assigned : ministryOwns;
  return {
    familyId,
    alertId,
    eventId: `office-unreachable.${tried.at(-1) ?? ''}`,
    type: 'alert.escalated.v1',
    at: deps.now().toISOString(),
    drill,
    reason: 'office-unreachable',
    deliveries: {
      ...(consulate.id !== 'ministry' && { consulate: { status: 'pending' } }),
      ministry: { status: 'pending' },
    },
    consulate,
    triedConsulates: tried,
  };
};
