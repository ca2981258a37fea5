import type { OfficerCase } from '../contracts/cases.ts';
import type { Delivery } from '../domain/case/alert.ts';
import type { Case } from '../domain/case/change-case.ts';
import type { Offices } from '../telling/office-ref.ts';
import { officeRef } from '../telling/office-ref.ts';

/** What began a case that nobody pressed. */
export const originOf = ({ origin }: Case['alert']): OfficerCase['origin'] =>
  origin ? { kind: origin.kind, promisedAt: origin.promisedAt, label: origin.label ?? null } : null;

/** Who last said that they have the case. */
export const acknowledgedOf = ({ alert, events }: Case, offices: Offices): OfficerCase['acknowledged'] => {
  const event = events.findLast(({ type }) => type === 'alert.acknowledged.v1');
  if (event?.type === 'alert.acknowledged.v1') {
    const { at, officer, by } = event;
    return { at, officer, office: by.kind === 'officer' ? officeRef(offices, by.officeId) : null };
  }
  const { acknowledgedAt: at, acknowledgedBy: officer } = alert;
  return at === undefined || officer === undefined ? null : { at, officer, office: null };
};

/** When somebody at the office in charge last did something about the case. */
export const actedAt = ({ alert, events }: Case): string | null =>
  events.findLast(({ by }) => by.kind === 'officer' && by.officeId === alert.consulate?.id)?.at ?? null;

type Destination = OfficerCase['destinations'][number];

const destinationKey = ({ kind, id }: Destination): string => `${kind} ${id ?? ''}`;

/** How far each who was to be told has been reached: the first message that went out, else the last that did not. */
export const destinationsOf = ({ alert, events }: Case, offices: Offices): Destination[] => {
  const found = new Map<string, Destination>();
  const add = (kind: Destination['kind'], delivery: Delivery | undefined, id?: string) => {
    if (!delivery) return;
    const { status, at } = delivery;
    const entry: Destination = {
      kind,
      ...(id !== undefined && { id, name: officeRef(offices, id).name }),
      status,
      ...(at !== undefined && { at }),
    };
    if (found.get(destinationKey(entry))?.status !== 'sent') found.set(destinationKey(entry), entry);
  };
  const { family, consulate, ministry } = alert.deliveries;
  const first =
    consulate?.id ??
    alert.raisedTo?.id ??
    (consulate?.status === 'pending' ? alert.consulate?.id : alert.toldConsulates?.[0]);
  add('family', family);
  // The ministry desk as owner gets the ministry's message, not an office's.
  if (first !== 'ministry') add('consulate', consulate, first);
  add('ministry', ministry);
  for (const { deliveries } of events) {
    for (const [key, delivery] of Object.entries(deliveries)) {
      if (key === 'family' || key === 'ministry') add(key, delivery);
      else if (key.startsWith('consulate:')) add('consulate', delivery, key.slice('consulate:'.length));
    }
  }
  return [...found.values()];
};
