import type { Alert } from '../domain/case/alert.ts';
import { knownPosition } from '../domain/case/alert-position.ts';
import { toFamily } from '../domain/case/deliveries.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CurrentCase } from '../domain/case/case.ts';
import type { AssignedConsulate, Consulate, Desk, MinistryDesk } from '../domain/offices/consulate.ts';
import { ministryOwns } from '../domain/offices/consulate.ts';
import type { PositionFacts } from '../domain/position.ts';
import { officersWords } from '../words/catalogues.ts';
import { minutesBetween } from '../words/measures.ts';
import { oneLine } from '../words/one-line.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import { officeRef, shortName } from './office-ref.ts';
import type { AuthorityRecipient } from './recipient.ts';
import { type RaisedForAuthorityFacts, withKnownPosition } from './raised-message.ts';

/** What every message about a later event of a case is made of. */
export type CaseMessageFacts = CurrentCase & {
  readonly event: CaseEvent;
  readonly assigned?: AssignedConsulate;
  /** The office in charge; absent when the ministry desk owns the alert, or nobody was to be told. */
  readonly consulate?: Consulate;
  readonly consulateById: (id: string) => Consulate | undefined;
  /** For the family: the office that the message about the press named, or whose clock it went by. */
  readonly nearest?: Consulate;
  /** For the family: folios of other cases of which the same is to be said. */
  readonly otherFolios?: readonly string[];
  /** Absolute URL of the recipient's page of the case. */
  readonly link?: string;
  readonly desk: MinistryDesk;
  /** For the family: whom to call where no office is told. */
  readonly legalHelp?: Desk;
  readonly officeMeters: PositionFacts['officeMeters'];
  readonly now: Date;
};

/** The case as it is now with the event, as a message about it needs them. */
export const caseMessageFacts = (
  { alert, family }: CurrentCase,
  event: CaseEvent,
  known: Pick<CaseMessageFacts, 'consulateById' | 'officeMeters' | 'nearest' | 'otherFolios' | 'link' | 'desk' | 'now'>,
): CaseMessageFacts => {
  const assigned = alert.consulate;
  const consulate = assigned && known.consulateById(assigned.id);
  return { alert, family, ...known, event, ...(assigned && { assigned }), ...(consulate && { consulate }) };
};

/** Whether an event names the office that is in charge from then on. */
const assigns = (event: CaseEvent): event is Extract<CaseEvent, { readonly consulate: AssignedConsulate }> =>
  event.type === 'alert.escalated.v1' || event.type === 'alert.located.v1';

/** The office in charge once the event has happened: the one it names, else the one on the record. */
export const assignedAfter = ({ event, assigned }: CaseMessageFacts): AssignedConsulate =>
  assigns(event) ? event.consulate : (assigned ?? ministryOwns);

/** Id of the office whose doing an event is; of the one in charge, if no officer did it. */
export const actingOfficeId = (facts: CaseMessageFacts): string =>
  facts.event.by.kind === 'officer' && !assigns(facts.event) ? facts.event.by.officeId : assignedAfter(facts).id;

/**
 * The office that was told first. Its zone and phone stand in what depends on nothing that came later: after a forced
 * cancellation another office is told, and the family's message must not show it. Hence not by `toldConsulates`: that
 * office may be the first in there.
 */
export const firstOffice = ({ alert, consulate, consulateById }: CaseMessageFacts): Consulate | undefined => {
  const ids = [alert.deliveries.consulate?.id, alert.raisedTo?.id, alert.firstOfficeId];
  return ids.flatMap((id) => (id === undefined ? [] : (consulateById(id) ?? []))).at(0) ?? consulate;
};

/** Whose clock a message to them is written by: their own office's, for the ministry that of the first one told. */
export const readerOf = (
  recipient: AuthorityRecipient,
  facts: CaseMessageFacts,
): { readonly reader?: Pick<Consulate, 'timeZone'> } => {
  const reader = recipient.kind === 'consulate' ? recipient.consulate : firstOffice(facts);
  return reader ? { reader } : {};
};

/**
 * The whole case for an office that may not have it yet: the press as it was, with the newest position and the office
 * in charge after the event.
 */
export const wholeCase = (facts: CaseMessageFacts): RaisedForAuthorityFacts => {
  const { alert, family, event, consulateById, officeMeters, desk, now, link } = facts;
  const assigned = assignedAfter(facts);
  const consulate = consulateById(assigned.id);
  const handedOver = assigns(event)
    ? event.type === 'alert.located.v1' && event.cause === 'hand-over'
    : alert.handedOver === true;
  return {
    ...withKnownPosition(alert, knownPosition(alert, family, officeMeters)),
    family,
    assigned,
    ...(consulate && { consulate }),
    consulateById,
    desk,
    now,
    ...(link !== undefined && { link }),
    ...(handedOver && { handedOver }),
  };
};

/** Whole minutes from the receipt of a press until an event. */
export const minutesAfterPress = ({ raisedAt }: Alert, { at }: CaseEvent): number => minutesBetween(raisedAt, at);

/** An office in a word or two, as officers call each other. */
export const officeName = (offices: Offices, id: string): string =>
  shortName(officeRef(offices, id), officersWords.case);

/** Who did it, as it stands within a sentence for officers. */
export const actorName = (offices: Offices, { by }: CaseEvent): string => {
  if (by.kind === 'officer') return officeName(offices, by.officeId);
  return by.kind === 'family' || by.kind === 'representative' ? oneLine(by.name) : officersWords.case.by[by.kind];
};

/** The same with the name under which an officer did it: `Ana Pérez (Los Angeles)`. */
export const signedBy = (offices: Offices, event: CaseEvent): string => {
  const { by } = event;
  const who = actorName(offices, event);
  return by.kind === 'officer' && by.name !== undefined ? `${oneLine(by.name)} (${who})` : who;
};

/** Whether the last message to the family that ended could reach nobody. The event that says so needs no reminder. */
export const isFamilyUnreached = ({ alert, event }: CaseMessageFacts): boolean =>
  event.type !== 'alert.family-unreachable.v1' &&
  (alert.lastToFamily ?? toFamily(alert.deliveries)?.status) === 'unreachable';
