import type { CaseEventType } from '../domain/case/case-event.ts';
import type { EventSpec } from './event-spec.ts';
import { acknowledged } from './events/acknowledged.ts';
import { cancelledUnderDuress } from './events/cancelled-under-duress.ts';
import { cancelled } from './events/cancelled.ts';
import { closed } from './events/closed.ts';
import { escalated } from './events/escalated.ts';
import { handOverAsked } from './events/hand-over-asked.ts';
import { handOverEnded } from './events/hand-over-ended.ts';
import { handOverUnanswered } from './events/hand-over-unanswered.ts';
import { forcedEvent } from './events/forced.ts';
import { lapsed } from './events/lapsed.ts';
import { familyOnIt } from './events/family-on-it.ts';
import { familySeen } from './events/family-seen.ts';
import { familyUnreachable } from './events/family-unreachable.ts';
import { located } from './events/located.ts';
import { noted } from './events/noted.ts';
import { positionMoved } from './events/position-moved.ts';
import { pressedAgain } from './events/pressed-again.ts';
import { reopened } from './events/reopened.ts';
import {
  representativeContacted,
  representativeContactShared,
  representativeDeclined,
  representativeLapsed,
  representativeOffered,
  representativeWaiting,
} from './events/representative-asked.ts';
import { representativeAssigned } from './events/representative-assigned.ts';
import { representativeDone, representativeUnanswered } from './events/representative-told.ts';
import { silent } from './events/silent.ts';
import { stateChanged } from './events/state-changed.ts';
import { unattended } from './events/unattended.ts';

/** Everything that is told and shown of an event, by its type. Another type is one file beside these, and its line. */
const eventSpecs: { readonly [T in CaseEventType]: EventSpec<T> } = {
  'alert.escalated.v1': escalated,
  'alert.pressed-again.v1': pressedAgain,
  'alert.silent.v1': silent,
  'alert.unattended.v1': unattended,
  'alert.located.v1': located,
  'alert.hand-over-asked.v1': handOverAsked,
  'alert.hand-over-unanswered.v1': handOverUnanswered,
  'alert.hand-over-ended.v1': handOverEnded,
  'alert.position-moved.v1': positionMoved,
  'alert.acknowledged.v1': acknowledged,
  'alert.lapsed.v1': lapsed,
  'alert.state-changed.v1': stateChanged,
  'alert.noted.v1': noted,
  'alert.representative-assigned.v1': representativeAssigned,
  'representative.waiting.v1': representativeWaiting,
  'representative.offered.v1': representativeOffered,
  'representative.declined.v1': representativeDeclined,
  'representative.lapsed.v1': representativeLapsed,
  'representative.unanswered.v1': representativeUnanswered,
  'representative.contact-shared.v1': representativeContactShared,
  'representative.contacted.v1': representativeContacted,
  'representative.done.v1': representativeDone,
  'alert.family-unreachable.v1': familyUnreachable,
  'alert.cancelled.v1': cancelled,
  'alert.cancelled-under-duress.v1': cancelledUnderDuress,
  'alert.closed.v1': closed,
  'alert.reopened.v1': reopened,
  'family.forced.v1': forcedEvent,
  'family.seen.v1': familySeen,
  'family.on-it.v1': familyOnIt,
};

/** The spec of one type; of an event whose type is not known before, the one that fits it. */
export const specOf = <T extends CaseEventType>(type: T): EventSpec<T> => eventSpecs[type];
