import type { PositionFlaw } from '../domain/position.ts';
import type { AlertState, DeliveryStatus, Disposition } from '../domain/vocabulary.ts';

/** States of a case that an officer sets and the family is told of. */
export type FollowedState = Exclude<AlertState, 'raised' | 'acknowledged' | 'closed'>;

/**
 * One thing that happened to a case. Values of all three: `{name}` (in the email alone: the SMS and the subject begin
 * with it), `{office}` and `{shortOffice}` (who did it or has it now), `{at}` (when), `{phone}` (a phone to call).
 */
export type UpdateTexts = {
  /** Follows the opening. */
  readonly subject: string;
  /**
   * Follows the opening; whom to call, the folio and the link follow it. The place, or nothing: `{where}` after a colon,
   * `{from}` after a space and `from`, `{place}` as a sentence.
   */
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

/**
 * The words for what becomes of a case. Each state, disposition, reason and event has them once: messages, pages,
 * documents and commands all take them from here.
 */
export type CaseWords = {
  /** What people call all of this. */
  readonly product: string;
  /** Beside a position that is not trusted. */
  readonly flaws: Readonly<Record<PositionFlaw, string>>;
  readonly states: Readonly<Record<AlertState, StateWords>> & Readonly<Record<FollowedState, Told>>;
  /** In place of `acknowledged`, of a case that was taken in a list with others and that nobody attends to. */
  readonly seen: StateWords;
  readonly dispositions: Readonly<Record<Disposition, Told & { readonly name: string }>>;
  /** How far a message is. */
  readonly statuses: Readonly<Record<DeliveryStatus, string>>;
  /** The ministry in a word, beside offices that are named by their city. */
  readonly ministry: string;
  /** Who did it, within a sentence; officers by name and office. `family`, `representative`: `{name}`. */
  readonly by: {
    readonly person: string;
    readonly family: string;
    readonly representative: string;
    readonly system: string;
  };
  readonly noPosition: string;
  /** Of the office in charge. */
  readonly nearestMayDiffer: string;
  /** Sentences that follow what happened: `{facility}`; `{offices}` that were told before; `{promised}`, a time. */
  readonly facility: string;
  /** Within a sentence: `{facility}`, from where somebody came. */
  readonly from: string;
  /** `{note}`: what an officer wrote for the family. */
  readonly toFamily: string;
  readonly before: string;
  readonly promised: string;
};
