import type { CaseEvent } from '../domain/case/case-event.ts';
import { defined } from '../domain/defined.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import type { AuthorityRecipient } from './recipient.ts';
import { type CaseMessageFacts, wholeCase } from './case-message.ts';
import { knownSoFar, stateAfter } from './known-so-far.ts';
import { textsOfChange } from './event-spec.ts';
import { specOf } from './event-specs.ts';
import { raisedDocument } from './raised-document.ts';
import { officeForOfficers } from './raised-message.ts';

const byOf = ({ by }: CaseEvent) => ({
  kind: by.kind,
  consulateId: by.kind === 'officer' ? by.officeId : null,
  name: 'name' in by ? (by.name ?? null) : null,
});

/** Members of every document but the press's: which event it is, and how the case stands after it. */
const updateOf = (facts: CaseMessageFacts, reference: string) => {
  const { alert, event } = facts;
  return {
    type: event.type,
    identifier: `alert-button/${event.familyId}/${event.alertId}/${event.eventId}`,
    msgType: 'Update',
    references: [reference],
    at: new Date(event.at).toISOString(),
    by: byOf(event),
    state: stateAfter(facts),
    underDuress: alert.duress === true,
    handOver: alert.handOver
      ? {
          toConsulateId: alert.handOver.to.id,
          fromConsulateId: alert.consulate?.id ?? null,
          at: new Date(alert.handOver.at).toISOString(),
        }
      : null,
  };
};

const headlineOf = ({ alert, family }: CaseMessageFacts, heading: string, office: string): string =>
  fill(officersWords.officers.updates.headline[alert.drill ? 'drill' : 'actual'], {
    heading,
    name: family.person.name,
    office,
  });

const closingTypes = new Set<CaseEvent['type']>(['alert.closed.v1', 'alert.cancelled.v1']);

/**
 * A later event of a case as a document for the systems of one recipient. The compiler cannot tell that type and members
 * go together: `test/unit/announcement-contract.test.ts` and `test/support/outside.ts` do.
 */
export const caseDocument = (recipient: AuthorityRecipient, facts: CaseMessageFacts): object => {
  const { event, family } = facts;
  const { officers } = specOf(event.type);
  if (!officers) throw new Error(`${event.type} has no document: it stands on the timeline only`);
  const whole = wholeCase(facts);
  const raised = raisedDocument(recipient, whole);
  const own = officers.document?.(facts, event);
  const isWhole = 'frame' in officers;
  const heading = isWhole ? officers.heading : textsOfChange(officers.change, event).heading;
  const info = {
    ...raised.info,
    urgency: closingTypes.has(event.type) ? ('Past' as const) : ('Immediate' as const),
    ...(heading !== undefined && { headline: headlineOf(facts, heading, officeForOfficers(whole).shortName) }),
  };
  const update = updateOf(facts, raised.identifier);
  if (isWhole) return { ...raised, ...update, ...knownSoFar(facts), info, ...own };
  const { specVersion, sender, sent, status, scope, addresses, caseId, folio, alertId, familyId, origin } = raised;
  const { consulate, district, nearest } = raised;
  return {
    specVersion,
    ...update,
    sender,
    sent,
    status,
    scope,
    addresses,
    info,
    caseId,
    folio,
    alertId,
    familyId,
    origin,
    person: { name: family.person.name },
    consulate,
    ...defined({ district, nearest }),
    ...own,
  };
};
