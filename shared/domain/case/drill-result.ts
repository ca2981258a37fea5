import type { Destination } from './destinations.ts';
import type { LinkOpening, LinkOpenings } from './links.ts';
import type { AlertReader, AlertWithEvents } from './read-alert.ts';

export type Rehearsal = AlertWithEvents & { readonly openings: readonly LinkOpening[] };

export type RehearsedDestination = Destination & {
  /** SNS took the message, and somebody was subscribed. */
  readonly publishedAt?: string;
  /** Somebody, or a scanner of their mail, first opened the link. */
  readonly openedAt?: string;
  /** An officer there took the case; of the family, a relative said that they had seen it. */
  readonly acknowledgedAt?: string;
};

/** A rehearsal as the person may see it. @returns `undefined` if it has expired */
export const readRehearsal = async (
  deps: { readonly alerts: Pick<AlertReader, 'getWithEvents'>; readonly openings: LinkOpenings },
  familyId: string,
  alertId: string,
): Promise<Rehearsal | undefined> => {
  const [found, openings] = await Promise.all([
    deps.alerts.getWithEvents(familyId, alertId),
    deps.openings.of(familyId, alertId),
  ]);
  return found && { ...found, openings };
};

const earliest = (times: readonly string[]): string | undefined => times.toSorted()[0];

const acknowledgements = ({ events }: Rehearsal, { kind, id }: Destination): readonly string[] =>
  events
    .filter(({ type, by }) => {
      if (kind === 'family') return type === 'family.seen.v1' || type === 'family.on-it.v1';
      const officeId = kind === 'ministry' ? kind : id;
      return type === 'alert.acknowledged.v1' && by.kind === 'officer' && by.officeId === officeId;
    })
    .map(({ at }) => at);

const openedBy = ({ openings }: Rehearsal, { kind, id }: Destination): readonly string[] =>
  openings
    .filter(({ recipient }) => recipient.kind === kind && (recipient.kind !== 'consulate' || recipient.id === id))
    .map(({ openedAt }) => openedAt);

/**
 * The result of a rehearsal at each destination. After a cancellation with either PIN nothing later shows (G7): after the
 * duress PIN officers go on working.
 *
 * @param destinations as the device sees them: frozen after a cancellation
 */
export const rehearsed = (drill: Rehearsal, destinations: readonly Destination[]): readonly RehearsedDestination[] => {
  const frozenAt = drill.events.find(({ type }) => type === 'alert.cancelled.v1')?.at;
  const first = (times: readonly string[]) =>
    earliest(times.filter((time) => frozenAt === undefined || time <= frozenAt));
  return destinations.map((destination) => {
    const openedAt = first(openedBy(drill, destination));
    const acknowledgedAt = first(acknowledgements(drill, destination));
    return {
      ...destination,
      ...(destination.status === 'sent' && destination.at !== undefined && { publishedAt: destination.at }),
      ...(openedAt !== undefined && { openedAt }),
      ...(acknowledgedAt !== undefined && { acknowledgedAt }),
    };
  });
};
