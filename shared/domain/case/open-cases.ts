import * as v from 'valibot';
import type { Alert } from './alert.ts';
import { alertSchema } from './alert.ts';
import type { Family } from '../family/family.ts';
import type { ReadOnly } from '../read-only.ts';

/** Names a case. */
export type CaseRef = Pick<Alert, 'familyId' | 'alertId'>;

/** Its name in documents, in `?case=` and in forms. */
export const caseIdOf = ({ familyId, alertId }: CaseRef): string => `${familyId}.${alertId}`;

export const eachOnce = (refs: readonly CaseRef[]): readonly CaseRef[] => [
  ...new Map(refs.map((ref) => [caseIdOf(ref), ref])).values(),
];

/** What a list needs of an alert: not the note, nor how far its messages have come. */
export const listedAlertSchema = v.pick(alertSchema, [
  'familyId',
  'alertId',
  'state',
  'raisedAt',
  'pressedAt',
  'drill',
  'origin',
  'position',
  'lastPosition',
  'consularNotification',
  'raisedTo',
  'consulate',
  'twoOffices',
  'toldConsulates',
  'acknowledgedAt',
  'acknowledgedBy',
  'acknowledgedOfficeId',
  'seenOnly',
  'duress',
  'lastEntryAt',
  'incident',
  'joined',
  'pressedAgain',
  'untakenSince',
  'handOver',
]);
export type ListedAlert = ReadOnly<v.InferOutput<typeof listedAlertSchema>>;

/** What a list needs of a family. */
export type ListedFamily = {
  readonly familyId: string;
  readonly person: Omit<Family['person'], 'phone'>;
  /** ISO 8601 UTC. */
  readonly registeredAt: string;
  /** How many contacts the last check of subscriptions found reachable; 0 before the first. */
  readonly reachable: number;
};

/** Cases by the hundred: each of these asks for many items at once. */
export type OpenCases = {
  /**
   * The open cases that an office was told of, whoever is in charge by now, newest first. Eventually consistent: a case
   * that was closed this moment may still be there, and one that was told this moment may not be there yet.
   *
   * @param officeId an office's, or `ministry`
   */
  ofOffice(officeId: string): Promise<readonly CaseRef[]>;
  /** Strongly consistent, in no particular order, without what is gone. */
  alerts(refs: readonly CaseRef[]): Promise<readonly ListedAlert[]>;
  /** The same. */
  families(familyIds: readonly string[]): Promise<readonly ListedFamily[]>;
  /** Since when an office has these cases in its list, ISO 8601 UTC, in the order of the cases; absent: not known. */
  listedAt(officeId: string, refs: readonly CaseRef[]): Promise<readonly (string | undefined)[]>;
};
