import type { Alert } from '../case/alert.ts';
import { isFamilysAlone } from '../case/alert.ts';
import type { Case } from '../case/case.ts';
import type { CaseOutcome, ChangeCaseDeps, Step } from '../case/change-case.ts';
import { decideOnCase } from '../case/change-case.ts';
import { audience, officeKeys, pendingTo } from '../case/deliveries.ts';
import type { Link, LinkRecipient } from '../case/links.ts';
import { defined } from '../defined.ts';
import { representativeAccessMs } from '../limits.ts';
import type { CaseRefusal } from '../vocabulary.ts';
import type { Offer } from './offer.ts';
import { endOthers, found, offerSteps, stepped } from './offer.ts';
import type { Representative, RosterReader } from './representative.ts';

export type OfferAnswer =
  | { readonly action: 'accept' }
  | { readonly action: 'decline'; readonly reason?: string }
  | { readonly action: 'contacted'; readonly note?: string }
  | { readonly action: 'note'; readonly text: string }
  | { readonly action: 'done' };

export type AnswerOfferDeps = ChangeCaseDeps & { readonly rosters: Pick<RosterReader, 'get'> };

type RepresentativeRecipient = Extract<LinkRecipient, { readonly kind: 'representative' }>;
export type RepresentativeLink = Pick<Link, 'familyId' | 'alertId'> & { readonly recipient: RepresentativeRecipient };

/** The offer that a link was made for; `undefined`: there is none, or it may be seen no more. */
export const offerOf = (alert: Alert, { id }: RepresentativeRecipient, now: Date): Offer | undefined => {
  if (isFamilysAlone(alert) || alert.joined !== undefined) return undefined;
  const { closedAt } = alert;
  if (closedAt !== undefined && now.getTime() - Date.parse(closedAt) >= representativeAccessMs) return undefined;
  return alert.offers?.find(({ representativeId }) => representativeId === id);
};

/** Why an answer is not allowed now; `undefined`: it is. */
const refusalOf = (alert: Alert, offer: Offer, { action }: OfferAnswer): CaseRefusal | undefined => {
  if (alert.state === 'closed') return 'action-not-allowed';
  if (offerSteps[offer.state][action] !== undefined) return undefined;
  return action === 'accept' && offer.state === 'ended' ? 'already-taken' : 'action-not-allowed';
};

/** What is sent twice changes nothing, and nobody hears of it twice. */
const isDoneAlready = ({ state }: Offer, { action }: OfferAnswer): boolean =>
  (action === 'accept' && (state === 'accepted' || state === 'contacted')) ||
  (action === 'decline' && state === 'declined') ||
  (action === 'done' && state === 'done');

const withOffer = ({ offers = [] }: Alert, changed: Offer): Offer[] =>
  offers.map((offer) => (offer.representativeId === changed.representativeId ? changed : offer));

/** The office in charge, which has to know. */
const toOffice = ({ consulate }: Alert) => pendingTo(officeKeys([consulate?.id ?? 'ministry']));

const accept = ({ alert }: Case, offer: Offer, { name, phone }: Representative, at: string): Step => {
  const { representativeId, officeId } = offer;
  const accepted = { ...stepped(offer, 'accept'), answeredAt: at };
  const others = endOthers(alert.offers, representativeId);
  const former = alert.representative?.name;
  return {
    set: {
      offers: withOffer({ ...alert, offers: others }, accepted),
      ...(alert.offering && { offering: found(alert.offering) }),
      representative: { name, phone, assignedAt: at, representativeId },
    },
    detail: {
      type: 'alert.representative-assigned.v1',
      name,
      phone,
      ...defined({ former: former === name ? undefined : former }),
    },
    deliveries: audience(alert, [alert.consulate?.id ?? 'ministry']),
    roster: { accepted: { officeId, representativeId } },
  };
};

const stepOf = (current: Case, offer: Offer, representative: Representative, answer: OfferAnswer, at: string): Step => {
  const { alert } = current;
  switch (answer.action) {
    case 'accept':
      return accept(current, offer, representative, at);
    case 'decline':
      return {
        set: { offers: withOffer(alert, { ...stepped(offer, 'decline'), answeredAt: at }) },
        detail: { type: 'representative.declined.v1', name: offer.name, ...defined({ reason: answer.reason }) },
        deliveries: {},
      };
    case 'contacted':
      return {
        set: { offers: withOffer(alert, { contactedAt: at, ...stepped(offer, 'contacted') }) },
        detail: { type: 'representative.contacted.v1', ...defined({ note: answer.note }) },
        deliveries: {},
      };
    case 'note':
      return { set: {}, detail: { type: 'alert.noted.v1', text: answer.text }, deliveries: {} };
    case 'done':
      return {
        set: { offers: withOffer(alert, stepped(offer, 'done')) },
        detail: { type: 'representative.done.v1' },
        deliveries: toOffice(alert),
      };
  }
};

/**
 * A representative answers through their link. Case, offer and event are one conditional write: of two who accept in one
 * instant the second is decided on what the first did. Whoever is on the roster no more answers nothing.
 */
export const answerOffer = async (
  deps: AnswerOfferDeps,
  link: RepresentativeLink,
  answer: OfferAnswer,
): Promise<CaseOutcome> => {
  const { recipient } = link;
  const representative = await deps.rosters.get(recipient.officeId, recipient.id);
  if (!representative) return { kind: 'not-found' };
  const by = { kind: 'representative', name: representative.name, representativeId: recipient.id } as const;
  return decideOnCase<CaseOutcome>(deps, link, by, (current, now) => {
    const { alert } = current;
    const offer = offerOf(alert, recipient, now);
    if (!offer) return { kind: 'not-found' };
    if (isDoneAlready(offer, answer)) return { kind: 'done', case: current };
    const reason = refusalOf(alert, offer, answer);
    if (reason !== undefined) return { kind: 'refused', state: alert.state, reason };
    return stepOf(current, offer, representative, answer, now.toISOString());
  });
};
