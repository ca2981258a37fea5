import { ministryOwns } from '../offices/consulate.ts';
import type { Alert } from './alert.ts';
import { inCharge, toldOffices } from './alert.ts';
import type { CaseChange } from './case.ts';
import { onAlert } from './case-event.ts';
import { authorityKeys, officeKeys, pendingTo, relativesOf } from './deliveries.ts';
import { bothOffices } from './hand-over.ts';
import type { Due } from './minding.ts';
import { passOnEvent } from './pass-on.ts';

/**
 * Nobody at the receiver of a hand-over has acted. Giver and receiver hear again, after 15 minutes the ministry; after 30
 * it owns the case, and only then the family hears. Where the ministry is the giver, it goes on having the case.
 */
export const mindHandOver = (
  alert: Alert,
  handOver: NonNullable<Alert['handOver']>,
  now: Date,
  { step, throughMs }: Extract<Due, { kind: 'hand-over' }>,
): CaseChange => {
  const through = new Date(throughMs).toISOString();
  const both = bothOffices(alert, handOver);
  const waited = {
    ...onAlert(alert, now),
    by: { kind: 'system' } as const,
    receiver: handOver.to,
    askedAt: handOver.at,
  };
  if (step !== 'owned') {
    return {
      alert,
      set: { handOver: { ...handOver, mindedUntil: through } },
      events: [
        {
          ...waited,
          type: 'alert.hand-over-unanswered.v1',
          eventId: `hand-over-unanswered.${through}`,
          deliveries: pendingTo(officeKeys(step === 'ministry' ? [...both, 'ministry'] : both)),
        },
      ],
    };
  }
  const ended = { alert, remove: ['handOver'] as const };
  if (alert.consulate?.id === 'ministry') {
    return {
      ...ended,
      set: { mindedUntil: through },
      events: [
        {
          ...waited,
          type: 'alert.hand-over-ended.v1',
          why: 'unanswered',
          eventId: `hand-over-ended.${through}`,
          deliveries: pendingTo(officeKeys(both)),
        },
      ],
    };
  }
  const event = passOnEvent(alert, now, {
    eventId: `hand-over-unanswered.${through}`,
    reason: 'hand-over-unanswered',
    consulate: ministryOwns,
    triedConsulates: both,
  });
  return {
    ...ended,
    set: {
      ...inCharge(alert, ministryOwns, { handedOver: false }),
      mindedUntil: through,
      toldConsulates: [...new Set([...toldOffices(alert), 'ministry'])],
    },
    events: [{ ...event, deliveries: pendingTo([...relativesOf(alert), ...authorityKeys(both)]) }],
  };
};
