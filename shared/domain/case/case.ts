import type { Alert } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { FamilyView } from './family-view.ts';
import type { RosterRef } from '../representatives/representative.ts';
import type { Family } from '../family/family.ts';

/** A case with everything that its pages show. */
export type Case = { readonly alert: Alert; readonly events: readonly CaseEvent[]; readonly family: Family };

/** A case as it is now, without what happened before: all that a message is written from, beside its event. */
export type CurrentCase = Pick<Case, 'alert' | 'family'>;

/** What changes with an event: fields to set and fields to take away. */
export type CaseChange = {
  /** As it was read: the write is conditional on its `revision`. */
  readonly alert: Alert;
  readonly set: Partial<Omit<Alert, 'familyId' | 'alertId' | 'revision' | 'deliveries'>>;
  readonly remove?: readonly (
    | 'disposition'
    | 'closedAt'
    | 'facility'
    | 'acknowledgedAt'
    | 'acknowledgedBy'
    | 'acknowledgedOfficeId'
    | 'seenOnly'
    | 'untakenSince'
    | 'handOver'
    | 'twoOffices'
    | 'sharedContactId'
  )[];
  /** Each is put as an item of its own. */
  readonly events: readonly CaseEvent[];
  /** Offices that find the case in their list from now on, and offices that do not; others as before. */
  readonly listing?: { readonly open: readonly string[]; readonly closed: readonly string[] };
  /** What changes of the further presses of the case. `joins`: only if it is not decided yet whether it does. */
  readonly presses?: readonly {
    readonly alertId: string;
    readonly set: Partial<Pick<Alert, 'state' | 'deviceView' | 'joined' | 'deliveries' | 'familyAlone'>>;
    readonly joins?: true;
  }[];
  /**
   * What the change does to rosters, or it is not written: `asked` are busy with the case from now on, and everybody named
   * must still be there.
   */
  readonly roster?: { readonly asked?: readonly RosterRef[]; readonly accepted?: RosterRef };
  /** Put as well: an alert that the change raises, or an item as long that means nothing. */
  readonly signal?: { readonly alert: Alert; readonly raises: boolean };
  /** Put as well: what the family's page shows from now on. */
  readonly familyView?: FamilyView;
  /** The family reads the case itself again. */
  readonly endsFamilyView?: boolean;
  /** When the events of this change are forgotten; absent: with the case. */
  readonly forgetEventsAt?: Date;
  /** When the whole case is forgotten from now on; absent: as before. */
  readonly forget?: { readonly at: Date; readonly timeline: readonly CaseEvent[] };
};

/** The case once the change is written. */
export const alertAfter = ({ alert, set, remove = [] }: CaseChange): Alert => {
  const after: { -readonly [Field in keyof Alert]: Alert[Field] } = { ...alert, ...set };
  for (const field of remove) delete after[field];
  return { ...after, revision: (alert.revision ?? 0) + 1 };
};

/** The durable record of cases. */
export type CaseStore = {
  /** Strongly consistent. @returns `undefined` when it is gone, or its family is */
  read(familyId: string, alertId: string): Promise<Case | undefined>;
  /** The same without its timeline, however long that is. */
  readCurrent(familyId: string, alertId: string): Promise<CurrentCase | undefined>;
  /** Writes change and events in one transaction. `conflict`: somebody else changed the case since it was read. */
  apply(change: CaseChange): Promise<'applied' | 'conflict'>;
};
