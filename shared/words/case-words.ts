import type { AlertState, DeliveryStatus, Disposition, Origin } from '../domain/case/alert.ts';
import type { CaseEventOf, CaseEventType } from '../domain/case/case-event.ts';
import type { EscalationReason } from '../domain/vocabulary.ts';

/** States of a case that an officer sets and the family is told of. */
export type FollowedState = Exclude<AlertState, 'raised' | 'acknowledged' | 'closed'>;

/**
 * One thing that happened to a case. Values of all three: `{name}` (in the email alone: the SMS and the subject begin
 * with it), `{office}` and `{shortOffice}` (who did it or has it now), `{at}` (when), `{phone}` (a phone to call).
 */
export type UpdateTexts = {
  /** Follows the opening. */
  readonly subject: string;
  /** Follows the opening; the link follows it. 88 characters in all are one part with a short link. */
  readonly sms: string;
  /** A heading and what happened. */
  readonly email: string;
};

type StateWords = {
  /** Its name, wherever it stands: page, mail, list, command. */
  readonly name: string;
  /** `{name}`. What the family's page says is known. */
  readonly known: string;
};

/** The family is told of these: a text that a new state lacks does not compile. */
type Told = { readonly told: UpdateTexts };

/** What happened, in one line, by the type of the event; begins with a capital and has no full stop. */
type HappenedWords = {
  /** `button`: somebody pressed. */
  readonly 'alert.raised.v1': Readonly<Record<'button' | Origin['kind'], string>>;
  /** `{office}`. */
  readonly 'alert.escalated.v1': Readonly<Record<EscalationReason, string>>;
  /** `{office}`. */
  readonly 'alert.located.v1': Readonly<Record<CaseEventOf<'alert.located.v1'>['cause'], string>>;
  /** The distance follows `moved`. */
  readonly 'alert.position-moved.v1': { readonly moved: string; readonly first: string };
  readonly 'alert.acknowledged.v1': string;
  /** `{from}`, `{to}`. The facility follows. */
  readonly 'alert.state-changed.v1': string;
  /** The note follows. */
  readonly 'alert.noted.v1': string;
  /** Name and phone follow. */
  readonly 'alert.representative-assigned.v1': string;
  readonly 'alert.family-unreachable.v1': string;
  /** `toldOnly`: the person was forced, and the family was told so all the same. */
  readonly 'alert.cancelled.v1': { readonly byPerson: string; readonly toldOnly: string };
  readonly 'alert.cancelled-under-duress.v1': string;
  /** `{disposition}`. */
  readonly 'alert.closed.v1': string;
  readonly 'alert.reopened.v1': string;
  readonly 'family.seen.v1': string;
  /** The task follows. */
  readonly 'family.on-it.v1': string;
};

/**
 * The words for what becomes of a case. Each state, disposition, reason and event has them once: messages, pages,
 * documents and commands all take them from here.
 */
export type CaseWords = {
  readonly states: Readonly<Record<AlertState, StateWords>> & Readonly<Record<FollowedState, Told>>;
  readonly dispositions: Readonly<Record<Disposition, Told & { readonly name: string }>>;
  /** How far a message is. */
  readonly statuses: Readonly<Record<DeliveryStatus, string>>;
  /** The ministry in a word, beside offices that are named by their city. */
  readonly ministry: string;
  /** Who did it, within a sentence; officers by name and office. `family`: `{name}`. */
  readonly by: { readonly person: string; readonly family: string; readonly system: string };
  /** Sentences that follow what happened: `{facility}`; `{offices}` that were told before; `{promised}`, a time. */
  readonly facility: string;
  readonly before: string;
  readonly promised: string;
  readonly happened: HappenedWords & Readonly<Record<CaseEventType, unknown>>;
};
