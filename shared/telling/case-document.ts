import type { AnnouncementDocument } from '../contracts/announcement.ts';
import { announcementSchema } from '../contracts/announcement.ts';
import type { AlertState } from '../domain/case/alert.ts';
import type { AuthorityRecipient } from './recipient.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseMessageFacts } from './case-facts.ts';
import { minutesAfterPress, wholeCase } from './case-facts.ts';
import { historyOf, whatHappened } from './case-history.ts';
import { fill } from '../words/local-time.ts';
import { officersCase } from '../words/es/officers-case.ts';
import { raisedDocument } from './raised-document.ts';
import { officeInCharge } from './raised-facts.ts';

const byOf = ({ by }: CaseEvent) => ({
  kind: by.kind,
  consulateId: by.kind === 'officer' ? by.officeId : null,
  name: by.kind === 'officer' || by.kind === 'family' ? (by.name ?? null) : null,
});

/** The state that the event left behind, whatever has happened since; of one that leaves it, the state on record. */
const stateAfter = ({ alert, event }: CaseMessageFacts): AlertState => {
  switch (event.type) {
    case 'alert.acknowledged.v1':
    case 'alert.reopened.v1':
      return 'acknowledged';
    case 'alert.state-changed.v1':
      return event.to;
    case 'alert.cancelled.v1':
    case 'alert.closed.v1':
      return 'closed';
    case 'alert.escalated.v1':
    case 'alert.located.v1':
    case 'alert.position-moved.v1':
    case 'alert.cancelled-under-duress.v1':
    case 'alert.representative-assigned.v1':
    case 'alert.family-unreachable.v1':
    case 'alert.noted.v1':
    case 'family.seen.v1':
    case 'family.on-it.v1':
      return alert.state;
  }
};

const happeningOf = (facts: CaseMessageFacts) => ({
  at: new Date(facts.event.at).toISOString(),
  by: byOf(facts.event),
  state: stateAfter(facts),
  underDuress: facts.alert.duress === true,
});

const changeOf = (recipient: AuthorityRecipient, facts: CaseMessageFacts, heading: string) => {
  const { alert, event, family } = facts;
  const whole = wholeCase(facts);
  const raised = raisedDocument(recipient, whole);
  const closed = event.type === 'alert.closed.v1' || event.type === 'alert.cancelled.v1';
  const office = officeInCharge(whole).shortName;
  return {
    specVersion: raised.specVersion,
    identifier: `alert-button/${event.familyId}/${event.alertId}/${event.eventId}`,
    sender: raised.sender,
    sent: raised.sent,
    status: raised.status,
    msgType: 'Update' as const,
    scope: raised.scope,
    addresses: raised.addresses,
    references: [raised.identifier],
    info: {
      ...raised.info,
      urgency: closed ? ('Past' as const) : ('Immediate' as const),
      headline: fill(officersCase.headline[alert.drill ? 'drill' : 'actual'], {
        heading,
        name: family.person.name,
        office,
      }),
    },
    caseId: raised.caseId,
    alertId: raised.alertId,
    familyId: raised.familyId,
    origin: raised.origin,
    ...happeningOf(facts),
    person: { name: family.person.name },
    consulate: raised.consulate,
  };
};

const wholeOf = (recipient: AuthorityRecipient, facts: CaseMessageFacts) => {
  const { event } = facts;
  const raised = raisedDocument(recipient, wholeCase(facts));
  return {
    ...raised,
    identifier: `alert-button/${event.familyId}/${event.alertId}/${event.eventId}`,
    msgType: 'Update' as const,
    references: [raised.identifier],
    ...happeningOf(facts),
    history: historyOf(facts).map((each) => ({
      at: new Date(each.at).toISOString(),
      type: each.type,
      by: byOf(each),
      text: whatHappened(facts, each),
    })),
  };
};

const documentOf = (recipient: AuthorityRecipient, facts: CaseMessageFacts): AnnouncementDocument => {
  const { event } = facts;
  const { updates, duress } = officersCase;
  switch (event.type) {
    case 'alert.escalated.v1': {
      const whole = wholeOf(recipient, facts);
      return {
        ...whole,
        type: event.type,
        escalatedAt: whole.at,
        reason: event.reason,
        triedConsulateIds: [...event.triedConsulates],
        minutesWithoutAcknowledgement:
          event.reason === 'not-acknowledged' ? minutesAfterPress(facts.alert, event) : null,
      };
    }
    case 'alert.located.v1':
      return {
        ...wholeOf(recipient, facts),
        type: event.type,
        cause: event.cause,
        previousConsulateId: event.previous ?? null,
        officerNote: event.note ?? null,
      };
    case 'alert.cancelled-under-duress.v1': {
      const whole = wholeOf(recipient, facts);
      const headline = fill(officersCase.headline[facts.alert.drill ? 'drill' : 'actual'], {
        heading: duress.heading,
        name: whole.person.name,
        office: whole.consulate.city ?? whole.consulate.name,
      });
      return { ...whole, type: event.type, underDuress: true, info: { ...whole.info, headline } };
    }
    case 'alert.position-moved.v1':
      return {
        ...changeOf(recipient, facts, updates[event.type].heading),
        type: event.type,
        position: { ...event.position, accuracyMeters: event.position.accuracyMeters ?? null },
        distanceMeters: event.distanceMeters ?? null,
      };
    case 'alert.acknowledged.v1':
      return { ...changeOf(recipient, facts, updates[event.type].heading), type: event.type, officer: event.officer };
    case 'alert.state-changed.v1':
      return {
        ...changeOf(recipient, facts, updates[event.type].heading),
        type: event.type,
        previousState: event.from,
        facility: event.facility ?? null,
        officerNote: event.note ?? null,
      };
    case 'alert.representative-assigned.v1':
      return {
        ...changeOf(recipient, facts, updates[event.type].heading),
        type: event.type,
        representative: { name: event.name, phone: event.phone },
        minutesAfterPress: minutesAfterPress(facts.alert, event),
      };
    case 'alert.family-unreachable.v1':
      return {
        ...changeOf(recipient, facts, updates[event.type].heading),
        type: event.type,
        contacts: raisedDocument(recipient, wholeCase(facts)).contacts,
      };
    case 'alert.cancelled.v1':
      return {
        ...changeOf(recipient, facts, updates[event.type].heading),
        type: event.type,
        msgType: 'Cancel',
        disposition: 'cancelled',
      };
    case 'alert.closed.v1':
      return {
        ...changeOf(recipient, facts, updates[event.type].heading),
        type: event.type,
        disposition: event.disposition,
        officerNote: event.note ?? null,
      };
    case 'alert.reopened.v1':
      return { ...changeOf(recipient, facts, updates[event.type].heading), type: event.type };
    case 'alert.noted.v1':
    case 'family.seen.v1':
    case 'family.on-it.v1':
      throw new Error(`${event.type} has no document: it stands on the timeline only`);
  }
};

/** A later event of a case as a document for the systems of one recipient, checked against its schema. */
export const caseDocument = (recipient: AuthorityRecipient, facts: CaseMessageFacts): AnnouncementDocument =>
  announcementSchema.parse(documentOf(recipient, facts));
