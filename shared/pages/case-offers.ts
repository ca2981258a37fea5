import type { OfficerCase } from '../contracts/cases.ts';
import { allowedActions } from '../domain/case/act-on-case.ts';
import type { Case } from '../domain/case/case.ts';
import type { LinkRecipient } from '../domain/case/links.ts';
import { sharedContact } from '../domain/case/name-representative.ts';
import type { RosterEntry } from '../domain/representatives/representative.ts';

type OffersOfCase = Pick<OfficerCase, 'representative' | 'offering' | 'offers' | 'roster' | 'sharedContact'>;

const offeringOf = ({ offering }: Case['alert']): OfficerCase['offering'] =>
  offering
    ? {
        by: offering.by,
        since: offering.since,
        matter: offering.matter,
        urgent: offering.urgent === true,
        waitsUntil: offering.waitsUntil ?? null,
        unanswered: offering.unansweredAt !== undefined,
        searching: offering.nextAt !== undefined,
      }
    : null;

const representativeOf = ({ representative }: Case['alert']): OfficerCase['representative'] => {
  if (!representative) return null;
  const { name, phone, assignedAt, representativeId = null } = representative;
  return { name, phone, assignedAt, representativeId };
};

/** Those who may be chosen: a phone or mailbox of theirs is not on the page. */
const askableOf = ({ representative, load }: RosterEntry): OfficerCase['roster'][number] => ({
  representativeId: representative.representativeId,
  name: representative.name,
  rosterId: representative.officeId,
  languages: [...representative.languages],
  matters: [...representative.matters],
  openCases: load.openCases,
  capacity: representative.capacity,
});

/** Who represents the person, who was asked, and who can be. */
export const offersOf = (
  { alert, family }: Case,
  { recipient, roster = [] }: { readonly recipient: LinkRecipient; readonly roster?: readonly RosterEntry[] },
  now: Date,
): OffersOfCase => {
  const mayOffer = allowedActions(recipient, alert).includes('offer');
  const contact = sharedContact(alert, family, now);
  return {
    representative: representativeOf(alert),
    offering: offeringOf(alert),
    offers: (alert.offers ?? []).map(({ representativeId, name, state, at, answeredAt, contactedAt }) => ({
      representativeId,
      name,
      state,
      offeredAt: at,
      answeredAt: answeredAt ?? null,
      contactedAt: contactedAt ?? null,
    })),
    roster: mayOffer ? roster.filter(({ representative }) => representative.state === 'active').map(askableOf) : [],
    sharedContact: contact ? { contactId: contact.contactId, name: contact.name } : null,
  };
};
