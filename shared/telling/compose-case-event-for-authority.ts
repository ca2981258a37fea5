import type { CaseEvent } from '../domain/case/case-event.ts';
import type { AuthorityRecipient } from './recipient.ts';
import { caseDocument } from './case-document.ts';
import { type CaseMessageFacts, assignedAfter } from './case-message.ts';
import { changeTexts } from './change-for-authority.ts';
import { type Change, textsOfChange } from './event-spec.ts';
import { specOf } from './event-specs.ts';
import type { Publication } from './publication.ts';
import { recipientId } from './raised-message.ts';
import { wholeCaseTexts } from './whole-case-for-authority.ts';

/** The whole case for those who may hear of it for the first time, for the others what changed. */
const textsOf = (recipient: AuthorityRecipient, facts: CaseMessageFacts) => {
  const { event } = facts;
  const { officers } = specOf(event.type);
  if (!officers) throw new Error(`${event.type} stands on the timeline only and is told to no authority`);
  const tellChange = (change: Change<CaseEvent['type']>) =>
    changeTexts(
      recipient,
      facts,
      textsOfChange(change, event),
      (timeZone) => change.detail?.(facts, event, timeZone) ?? {},
    );
  if (!('frame' in officers)) return tellChange(officers.change);
  const newReaders = officers.newReaders?.(event) ?? [assignedAfter(facts).id];
  const isNew = newReaders.includes(recipientId(recipient));
  return officers.change && !isNew
    ? tellChange(officers.change)
    : wholeCaseTexts(recipient, facts, (context) => officers.frame(context, event));
};

/**
 * Tells an office or the ministry of a later event of the case. Those who may hear of the case for the first time get
 * all of the press and what is known by now; the others what changed. The same document goes to every machine.
 */
export const composeCaseEventForAuthority = (recipient: AuthorityRecipient, facts: CaseMessageFacts): Publication => {
  const { alert, event } = facts;
  if (!alert.consularNotification) {
    throw new Error('an alert without consular authorisation is told to no authority');
  }
  const { subject, sms, email } = textsOf(recipient, facts);
  const document = JSON.stringify(caseDocument(recipient, facts));
  return {
    subject,
    bodies: { default: document, sms, email },
    attributes: { type: event.type, drill: String(alert.drill), consulateId: recipientId(recipient) },
  };
};
