import type { AnnouncementDocument } from '../contracts/announcement.ts';
import type { TimelineEntry, TimelineEntryOf } from '../contracts/timeline.ts';
import type { AlertState } from '../domain/vocabulary.ts';
import type { CaseEventOf, CaseEventType } from '../domain/case/case-event.ts';
import type { UpdateTexts } from '../words/case-words.ts';
import type { OfficerWords } from '../words/officer-words.ts';
import type { Words } from '../words/words.ts';
import type { AuthorityRecipient } from './recipient.ts';
import type { CaseMessageFacts } from './case-message.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';

/** Events of a case by their type. */
export type CaseEvents = { readonly [T in CaseEventType]: CaseEventOf<T> };

/** Entries of the timeline by their type. */
export type TimelineEntries = { readonly [T in TimelineEntry['type']]: TimelineEntryOf<T> };

/** The words that a line is written with. */
export type LineWords = Pick<Words, 'case' | 'events'>;

/** What every entry begins with: which event it is, when it was and who did it. */
export type EntryHead = Pick<TimelineEntry, 'eventId' | 'at' | 'by'>;

/** One event in one line. Each reader shows the parts in its own way: a phone can be a link, a note a quotation. */
export type Line = {
  /** Without a full stop. */
  readonly what: string;
  /** Whom or what it is about. */
  readonly about?: string | undefined;
  /** E.164. */
  readonly phone?: string | undefined;
  /** A further sentence, without a full stop. */
  readonly more?: string | undefined;
  /** What people wrote. */
  readonly note?: string | undefined;
  /** It must not be overlooked. */
  readonly isAlarming?: true;
};

/** What one event is to the family: its texts and what they ask for beyond the values that all have. */
export type FamilyUpdate = {
  readonly texts: UpdateTexts;
  readonly steps: readonly string[];
  readonly stepsTitle?: string;
  /** Follows what happened. */
  readonly addition?: string;
  readonly facility?: string;
  /** What an officer wrote for the family; in the SMS only if it says so and as it is all goes in. */
  readonly note?: string;
  readonly noteInSms?: boolean;
  /** Said in the SMS only if as it is all goes in. */
  readonly inSmsIfItFits?: string;
  /** What its SMS says of the phone; by default that it has more. */
  readonly call?: keyof Words['family']['call'];
  readonly representative?: { readonly name: string; readonly phone: string };
  /** The representative whom another follows. */
  readonly former?: string;
  /** The office that had the case before. */
  readonly previous?: string;
};

/**
 * What an update for officers says beyond who, when and which office. `named`: the value that is shortened in an SMS that
 * is too long.
 */
export type Detail = {
  readonly values?: Readonly<Record<string, string>>;
  readonly named?: string;
  readonly lines?: readonly string[];
};

/** What is put before and around the whole case. */
export type Frame = {
  readonly subject: string;
  readonly opening: string;
  /** A sentence after who and when. */
  readonly sms: string;
  readonly lead: readonly string[];
  readonly request: readonly string[];
};

export type FrameContext = {
  readonly recipient: AuthorityRecipient;
  readonly facts: CaseMessageFacts;
  readonly kind: 'actual' | 'drill';
  readonly timeZone: string;
};

type DocumentOf<T extends CaseEventType> = Extract<AnnouncementDocument, { readonly type: T }>;

/** Members that the documents of all types have, or those of all that bring the whole case. */
type SharedMember = keyof Extract<AnnouncementDocument, { readonly type: 'alert.reopened.v1' }>;
type WholeMember = keyof Extract<AnnouncementDocument, { readonly type: 'alert.cancelled-under-duress.v1' }>;

type OwnMembers<T extends CaseEventType, Shared extends PropertyKey> = Omit<DocumentOf<T>, Shared> &
  Partial<Pick<DocumentOf<T>, 'msgType' & keyof DocumentOf<T>>>;

export type UpdateForOfficers =
  | OfficerWords['updates']['events'][keyof OfficerWords['updates']['events']]
  | OfficerWords['updates']['seen'];

/** What an event was to officers who have the case. */
export type Change<T extends CaseEventType> = {
  readonly texts: UpdateForOfficers | ((event: CaseEvents[T]) => UpdateForOfficers);
  readonly detail?: (facts: CaseMessageFacts, event: CaseEvents[T], timeZone: string) => Detail;
};

/** The texts of one event. */
export const textsOfChange = <T extends CaseEventType>({ texts }: Change<T>, event: CaseEvents[T]): UpdateForOfficers =>
  typeof texts === 'function' ? texts(event) : texts;

type ToldToOfficers = {
  /** The person is forced: its mail goes before all others, in a digest as well. */
  readonly goesFirst?: true;
};

/** Told to readers who have the case: what changed. */
type ToldAsChange<T extends CaseEventType> = ToldToOfficers & {
  readonly change: Change<T>;
  /** The document's own members. */
  readonly document?: (facts: CaseMessageFacts, event: CaseEvents[T]) => OwnMembers<T, SharedMember>;
};

/** Told with the whole case: with `change` only to the office that is new to it, else to everybody. */
type ToldWhole<T extends CaseEventType> = ToldToOfficers & {
  readonly frame: (context: FrameContext, event: CaseEvents[T]) => Frame;
  /** The office that gets the whole case. @default the one that is in charge after the event */
  readonly newReaders?: (event: CaseEvents[T]) => readonly string[];
  readonly change?: Change<T>;
  /** Of the document's headline, if it is not the press's. */
  readonly heading?: string;
  readonly document?: (facts: CaseMessageFacts, event: CaseEvents[T]) => OwnMembers<T, WholeMember>;
};

/** Everything that is told and shown of events of one type. */
export type EventSpec<T extends CaseEventType> = {
  /** What it is on the timeline. */
  readonly entry: (head: EntryHead, event: CaseEvents[T], offices: Offices) => TimelineEntries[T];
  /** How pages, mails and digests say it in one line. */
  readonly line: (entry: TimelineEntries[T], words: LineWords) => Line;
  /** The state that it left behind. Absent: it changes none. */
  readonly state?: (event: CaseEvents[T]) => AlertState;
  /** What the family is told. Absent: nothing. */
  readonly family?: (facts: CaseMessageFacts, event: CaseEvents[T], words: Words) => FamilyUpdate | undefined;
  /** What offices and the ministry are told. Absent: nothing, it is on the timeline only. */
  readonly officers?: ToldAsChange<T> | ToldWhole<T>;
};
