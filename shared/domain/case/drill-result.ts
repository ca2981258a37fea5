import type { Destination } from './destinations.ts';
import type { LinkOpening, LinkOpenings } from './links.ts';
import type { AlertReader, AlertWithEvents } from './read-alert.ts';

/** A rehearsal, with who opened its links. */
export type Rehearsal = AlertWithEvents & { readonly openings: readonly LinkOpening[] };

/** How far a rehearsal has come at one destination. Times are ISO 8601 UTC. */
export type RehearsedDestination = Destination & {
  /** When SNS took the message, and somebody was subscribed. */
  readonly publishedAt?: string;
  /** When somebody, or a scanner of their mail, first opened the link. */
  readonly openedAt?: string;
  /** When an officer there took the case; of the family, when a relative said that they have seen it. */
  readonly acknowledgedAt?: string;
};

/** Reads a rehearsal as the person may see it. @returns `undefined` when it has been forgotten */
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
 * What became of a rehearsal at each destination. Of one that was cancelled nothing that came later shows, whichever
 * PIN it was (G7): after the duress PIN officers go on working.
 *
 * @param destinations as the device sees them: frozen, once it was cancelled
 */
export const rehearsed = (drill: Rehearsal, destinations: readonly Destination[]): readonly RehearsedDestination[] => {
  const frozenAt = drill.alert.deviceView && drill.events.find(({ type }) => type === 'alert.cancelled.v1')?.at;
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
