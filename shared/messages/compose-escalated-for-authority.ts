import type { AuthorityEscalatedFacts, AuthorityRecipient } from '../domain/announce-to-authorities.ts';
import type { AlertEscalatedDocument } from '../contracts/announcement.ts';
import { alertEscalatedSchema } from '../contracts/announcement.ts';
import type { Publication } from '../domain/publication.ts';
import { composeRaisedForAuthority, shortWhen } from './compose-raised-for-authority.ts';
import { fill } from './local-time.ts';
import { officers } from './officers.ts';
import { raisedDocument } from './raised-document.ts';
import type { RaisedForAuthorityFacts } from './raised-facts.ts';
import { officeInCharge, recipientId } from './raised-facts.ts';
import { fitSms, fitSubject } from './short-text.ts';

/** What the message about an alert that passes on is made of. */
export type EscalatedForAuthorityFacts = AuthorityEscalatedFacts & RaisedForAuthorityFacts;

const triedNames = ({ event, triedConsulates }: EscalatedForAuthorityFacts): string => {
  const names = triedConsulates.map(({ city }) => city);
  return (names.length > 0 ? names : event.triedConsulates).join(', ');
};

const reasonSection = (recipient: AuthorityRecipient, facts: EscalatedForAuthorityFacts): string => {
  const texts = officers.escalated;
  const { shortName: office } = officeInCharge(facts);
  const nowInCharge =
    facts.assigned.id === 'ministry'
      ? texts.toOwner
      : recipient.kind === 'consulate'
        ? texts.toOffice
        : texts.toMinistry;
  return [
    texts.title,
    fill(texts.reason, { tried: triedNames(facts) }),
    fill(nowInCharge, { office }),
    ...(recipient.kind === 'ministry' ? [texts.operator] : []),
  ].join('\n');
};

const escalatedDocument = (
  recipient: AuthorityRecipient,
  facts: EscalatedForAuthorityFacts,
): AlertEscalatedDocument => {
  const raised = raisedDocument(recipient, facts);
  const { event } = facts;
  return alertEscalatedSchema.parse({
    ...raised,
    type: 'alert.escalated.v1',
    identifier: `alert-button/${event.familyId}/${event.alertId}/${event.eventId}`,
    msgType: 'Update',
    references: [raised.identifier],
    escalatedAt: event.at,
    reason: event.reason,
    triedConsulateIds: [...event.triedConsulates],
  } satisfies AlertEscalatedDocument);
};

/** Tells an office or the ministry that an alert has come to it, as nobody listens at the one before. */
export const composeEscalatedForAuthority = (
  recipient: AuthorityRecipient,
  facts: EscalatedForAuthorityFacts,
): Publication => {
  const raised = composeRaisedForAuthority(recipient, facts);
  const document = JSON.stringify(escalatedDocument(recipient, facts));
  const texts = officers.escalated;
  const kind = facts.alert.drill ? 'drill' : 'actual';
  const values = { office: officeInCharge(facts).shortName, when: shortWhen(facts) };
  const { someone } = officers;
  const { name: fullName } = facts.family.person;
  return {
    subject: fitSubject({ name: fullName, someone }, (name) => fill(texts[kind], { ...values, name })),
    bodies: {
      default: document,
      sms: fitSms({ name: fullName, someone }, (name) =>
        [
          fill(officers[kind].sms, { name, when: values.when }),
          fill(texts.sms, { office: values.office, tried: triedNames(facts) }),
        ].join(' '),
      ),
      email: [reasonSection(recipient, facts), raised.bodies.email].join('\n\n'),
      https: document,
      sqs: document,
      lambda: document,
    },
    attributes: { type: 'alert.escalated.v1', drill: String(facts.alert.drill), consulateId: recipientId(recipient) },
  };
};
