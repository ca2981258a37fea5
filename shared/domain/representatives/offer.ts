import * as v from 'valibot';
import { mostOffersLapsed, offerLapsesAfterMs, representativeLateMs } from '../limits.ts';
import type { ReadOnly } from '../read-only.ts';
import type { OfferState, RepresentativeAction } from '../vocabulary.ts';
import { matters, offerStates, searchers } from '../vocabulary.ts';

/** A case that one representative was asked to take. Times are ISO 8601 UTC. */
export const offerSchema = v.object({
  representativeId: v.string(),
  /** Id of the office whose roster it is, or `ministry`. */
  officeId: v.string(),
  name: v.string(),
  state: v.picklist(offerStates),
  at: v.string(),
  /** When they accepted or declined. */
  answeredAt: v.exactOptional(v.string()),
  /** When they first reached the person or the family. */
  contactedAt: v.exactOptional(v.string()),
});
export type Offer = ReadOnly<v.InferOutput<typeof offerSchema>>;

/** How a representative is looked for. */
export const offeringSchema = v.object({
  by: v.picklist(searchers),
  /** When the case first began to look for one. */
  startedAt: v.string(),
  /** Since when it does so now: an officer may begin again. */
  since: v.string(),
  matter: v.picklist(matters),
  /** People are asked at any hour. */
  urgent: v.exactOptional(v.literal(true)),
  /** An officer chose somebody whose hours have not begun. */
  chosen: v.exactOptional(v.object({ officeId: v.string(), representativeId: v.string() })),
  /** Nobody who fits is within their hours until then. */
  waitsUntil: v.exactOptional(v.string()),
  /** When the next step is due; absent: nothing waits. */
  nextAt: v.exactOptional(v.string()),
  /** Officers were told that they have to phone; that nobody has taken the case for hours. */
  unansweredAt: v.exactOptional(v.string()),
  lateAt: v.exactOptional(v.string()),
});
export type Offering = ReadOnly<v.InferOutput<typeof offeringSchema>>;

/** What a representative does, and what they do not do. */
type OfferStep = RepresentativeAction | 'lapse' | 'end';

/** The state machine of an offer: where each step leads from each state; a step that is not there is not allowed. */
export const offerSteps: Readonly<Record<OfferState, Readonly<Partial<Record<OfferStep, OfferState>>>>> = {
  offered: { accept: 'accepted', decline: 'declined', lapse: 'lapsed', end: 'ended' },
  // Whoever answers late may still have it, unless somebody has.
  lapsed: { accept: 'accepted', decline: 'declined', end: 'ended' },
  declined: {},
  accepted: { contacted: 'contacted', note: 'accepted', done: 'done', end: 'ended' },
  contacted: { contacted: 'contacted', note: 'contacted', done: 'done', end: 'ended' },
  done: {},
  ended: {},
};

/** @returns the offer after the step, as it is if the step is not allowed */
export const stepped = (offer: Offer, step: OfferStep): Offer => {
  const state = offerSteps[offer.state][step];
  return state === undefined ? offer : { ...offer, state };
};

/** Whether a representative may still have to do something for the case. */
export const isBusyWith = ({ state }: Pick<Offer, 'state'>): boolean =>
  state === 'offered' || state === 'accepted' || state === 'contacted';

/** Everybody who was asked and has not declined is asked no more. @param except who has the case from now on */
export const endOthers = (offers: readonly Offer[] = [], except?: string): readonly Offer[] =>
  offers.map((offer) => (offer.representativeId === except ? offer : stepped(offer, 'end')));

export const lapsesAtMs = ({ at }: Pick<Offer, 'at'>): number => Date.parse(at) + offerLapsesAfterMs;

/** Whether as many of those who were asked since then did not answer as may. */
export const isUnanswered = (offers: readonly Offer[], { since }: Pick<Offering, 'since'>): boolean =>
  offers.filter(({ state, at }) => state === 'lapsed' && at >= since).length >= mostOffersLapsed;

export const lateAtMs = ({ startedAt }: Offering): number => Date.parse(startedAt) + representativeLateMs;

/** With the time of its next step: when an offer lapses, when somebody's hours begin, or when it has looked for too long. */
export const scheduled = (offers: readonly Offer[], { nextAt: _before, ...offering }: Offering): Offering => {
  const times = [
    ...offers.filter(({ state }) => state === 'offered').map(lapsesAtMs),
    ...(offering.waitsUntil === undefined ? [] : [Date.parse(offering.waitsUntil)]),
    ...(offering.lateAt === undefined ? [lateAtMs(offering)] : []),
  ];
  return times.length === 0 ? offering : { ...offering, nextAt: new Date(Math.min(...times)).toISOString() };
};

/** Nobody is looked for any more: somebody has the case, and no officer has to phone. */
export const found = ({ nextAt: _next, waitsUntil: _wait, chosen: _chosen, ...search }: Offering): Offering => {
  const { unansweredAt: _unanswered, ...offering } = search;
  return offering;
};
