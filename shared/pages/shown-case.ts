import type { OfficerCase } from '../contracts/cases.ts';
import type { Case } from '../domain/case/case.ts';
import { destinationsOf } from '../domain/case/destinations.ts';
import { type Offices, assignedOffice } from '../domain/offices/office-in-charge.ts';
import { districtRef, officeRef } from '../telling/office-ref.ts';

/** What began a case that nobody pressed. */
export const shownOrigin = <Kind extends string>(
  origin: { readonly kind: Kind; readonly promisedAt: string; readonly label?: string } | undefined,
): { kind: Kind; promisedAt: string; label: string | null } | null =>
  origin ? { kind: origin.kind, promisedAt: origin.promisedAt, label: origin.label ?? null } : null;

/** The office responsible for the place and the nearest, where they differ. */
export const twoOfficesOf = (
  { twoOffices }: Case['alert'],
  offices: Offices,
): Pick<OfficerCase, 'district' | 'nearest'> =>
  twoOffices
    ? { district: districtRef(offices, twoOffices), nearest: assignedOffice(twoOffices.nearest, offices) }
    : {};

/** Who last said that they have the case; nobody, once it is nobody's again. */
export const acknowledgedOf = ({ alert, events }: Case, offices: Offices): OfficerCase['acknowledged'] => {
  const { acknowledgedAt, acknowledgedBy } = alert;
  if (acknowledgedAt === undefined) return null;
  const seenOnly = alert.seenOnly ?? false;
  const event = events.findLast(({ type }) => type === 'alert.acknowledged.v1');
  if (event?.type === 'alert.acknowledged.v1') {
    const { at, officer, by } = event;
    return { at, officer, office: by.kind === 'officer' ? officeRef(offices, by.officeId) : null, seenOnly };
  }
  return acknowledgedBy === undefined ? null : { at: acknowledgedAt, officer: acknowledgedBy, office: null, seenOnly };
};

/** A hand-over that waits. */
export const handOverOf = (
  { handOver, consulate }: Pick<Case['alert'], 'handOver' | 'consulate'>,
  offices: Offices,
): OfficerCase['handOver'] => {
  if (!handOver) return null;
  const from = consulate ? officeRef(offices, consulate.id) : null;
  return { to: officeRef(offices, handOver.to.id), from, at: handOver.at };
};

/** When somebody at the office in charge last did something about the case. */
export const actedAt = ({ alert, events }: Case): string | null =>
  events.findLast(({ by }) => by.kind === 'officer' && by.officeId === alert.consulate?.id)?.at ?? null;

/** How far each whom the case was to be told has been reached, with the names of offices. */
export const namedDestinations = (found: Case, offices: Offices): OfficerCase['destinations'] =>
  destinationsOf(found, 'reached').map(({ id, ...destination }) => ({
    ...destination,
    ...(id !== undefined && { id, name: officeRef(offices, id).name }),
  }));
