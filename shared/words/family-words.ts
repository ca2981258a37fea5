import type { FamilyOrigin } from '../domain/case/alert.ts';
import type { ToldChange } from '../domain/vocabulary.ts';

/** The SMS is one of these sentences after the other. All of them are folded to GSM 03.38 when they are sent. */
type RaisedSms = {
  /** `{name}`, `{when}`. Begins with the word by which a family knows an alert, or a drill. */
  readonly opening: string;
  /** Where no office is told. `lawyerAt`: `{phone}`. */
  readonly lawyer: string;
  readonly lawyerAt: string;
};

/** What differs from a drill in the email. */
type RaisedEmail = {
  /** `{name}`, `{when}`. */
  readonly subject: string;
  /** `{name}`. */
  readonly whatHappened: string;
  /** `{name}`. */
  readonly notifyingConsulate: string;
  /** `{name}`. */
  readonly notifyingMinistry: string;
  /** `{name}`. */
  readonly nobodyHears: string;
  readonly stepsTitle: string;
};

/** A drill's email: it goes to the family alone and asks nobody to call. */
type DrillEmail = {
  /** `{name}`, `{when}`. */
  readonly subject: string;
  /** `{name}`. */
  readonly whatHappened: string;
  /** `{name}`. */
  readonly told: string;
  /** Who would hear of an alert; only if the person authorised it. `{office}`. */
  readonly wouldTellOffice: string;
  readonly wouldTellMinistry: string;
  readonly stepsTitle: string;
  /** `{name}`. */
  readonly steps: readonly string[];
};

/** What stands in the place of a press's texts where nobody pressed. Values of all: `{name}`, `{promised}`, `{raised}`. */
type OriginTexts = {
  readonly default: string;
  /** The opening. */
  readonly sms: string;
  readonly subject: string;
  readonly whatHappened: string;
  readonly when: string;
  /** Before the other steps. */
  readonly steps: readonly string[];
};

/** Texts about a press for the family. `actual` and `drill` must both be there in every language. */
export type RaisedTexts = {
  readonly default: { readonly actual: string; readonly drill: string };
  readonly sms: {
    readonly actual: RaisedSms;
    readonly drill: Pick<RaisedSms, 'opening'>;
    /** `{city}`. */
    readonly notifyingConsulate: string;
    readonly notifyingMinistry: string;
    /** In the place of both, where the last check found nobody at the office and the ministry. */
    readonly nobodyHears: string;
    /** Relatives without papers must not drive there. */
    readonly caution: string;
    /** All of it in one part with a short link. `{name}`, `{time}`, `{told}`, `{phone}`, `{folio}`; `consulate`: `{city}`. */
    readonly short: { readonly text: string; readonly consulate: string; readonly ministry: string };
    /** `{pressed}`. */
    readonly when: string;
    /** `{pressed}`, `{received}`. */
    readonly whenLate: string;
    /** The phone's own time could not be read: `{pressed}` is the receipt. */
    readonly whenUnknown: string;
  };
  readonly email: {
    readonly actual: RaisedEmail;
    readonly drill: DrillEmail;
    /** Where no office is told. `{name}`. */
    readonly toContacts: string;
    /** `{pressed}`. */
    readonly when: string;
    /** `{pressed}`, `{received}`. */
    readonly whenLate: string;
    /** The phone's own time could not be read: `{pressed}` is the receipt. */
    readonly whenUnknown: string;
    readonly noPosition: string;
    /** `{office}`. */
    readonly nearest: string;
    /** `{office}`. */
    readonly nearestToHome: string;
    /** `{phone}`. */
    readonly officePhone: string;
    /** `{desk}`, `{phone}`. */
    readonly deskPhone: string;
    /** Only if consular contact was authorised. `{name}`, `{phone}`. */
    readonly callStep: string;
    /** `{name}`. */
    readonly steps: readonly string[];
    /** `{name}`. The last step, unless nothing at all may be sent to that phone. */
    readonly phoneStep: string;
    readonly footer: string;
  };
  readonly origins: Readonly<Record<FamilyOrigin['kind'], OriginTexts>> & {
    /** `{label}`: what the person wrote of their promise. */
    readonly label: string;
    /** Only if consular contact was authorised. `{name}`, `{phone}`. */
    readonly callStep: string;
  };
};

/** Texts of the welcome. For SMS only: SNS's own confirmation is the only possible first email. */
type WelcomeTexts = {
  readonly subject: string;
  readonly default: string;
  /** `{name}`. Who registered the reader, and what will happen. */
  readonly sms: string;
  /** How to stop, by the number from which the messages come; `unknown`: SNS chooses it. */
  readonly stop: { readonly tollFree: string; readonly other: string; readonly unknown: string };
};

/** Texts about a change of contacts or phones. `{name}` in all but `default`, `smsAdvice` and `stepsTitle`. */
type ListChangedTexts = {
  readonly default: string;
  readonly changes: Readonly<
    Record<ToldChange, { readonly subject: string; readonly sms: string; readonly email: string }>
  >;
  /** Follows the SMS. */
  readonly smsAdvice: string;
  readonly stepsTitle: string;
  readonly steps: { readonly changed: readonly string[]; readonly erased: readonly string[] };
};

/** What all updates of a case share. */
type UpdatesTexts = {
  /** Of a drill the press's own is sent. */
  readonly default: string;
  /** `{name}`. Drills begin with the word by which a family knows them. */
  readonly opening: Readonly<
    Record<'actual' | 'drill' | FamilyOrigin['kind'], { readonly subject: string; readonly sms: string }>
  >;
  /** `{name}`. Before the email about an alert that nobody pressed. */
  readonly notice: Readonly<Record<FamilyOrigin['kind'], string>>;
  /** Stands before the email of a drill. */
  readonly drillNotice: string;
  /** Stands before its steps, which are those of an alert. */
  readonly drillStepsTitle: string;
  /** Who acts, within a sentence. `consulate`: `{city}`; `unknown`: an office that has left the data. */
  readonly office: { readonly consulate: string; readonly unknown: string; readonly ministry: string };
  /** The same as the one that is told: Spanish joins the word before it. */
  readonly toldOffice: UpdatesTexts['office'];
  readonly shortOffice: { readonly consulate: string; readonly ministry: string };
  /** `{folios}`: other cases of the same person of which the same is to be said. The SMS has it only if all goes in. */
  readonly others: { readonly sms: string; readonly email: string };
  /** `{note}`: what an officer wrote for the family. */
  readonly note: { readonly sms: string; readonly email: string };
  /** `{office}`: its full name. */
  readonly officeTitle: string;
  readonly footer: string;
};

/**
 * For the trusted contact alone. Whoever hears or glances at one learns neither what it is about nor of whom: the page
 * behind the link says it.
 */
type TrustedTexts = {
  readonly subject: string;
  readonly default: string;
  readonly sms: {
    /** `{phone}`, `{folio}`. */
    readonly call: string;
    /** Where no office knows of it. `{phone}`. */
    readonly help: string;
    readonly open: string;
  };
  readonly email: {
    /** `{phone}`, `{folio}`. */
    readonly call: string;
    readonly help: string;
    readonly open: string;
    /** `{link}`. */
    readonly link: string;
    readonly care: string;
  };
  /** The first message, when nothing has happened. `{name}`. */
  readonly welcome: { readonly subject: string; readonly sms: string; readonly email: string };
};

/** What families are sent, in one language, beside what `EventWords` has of each event. */
export type FamilyWords = {
  /** Stands for a name that cannot be written in an SMS: "your relative". */
  readonly someone: string;
  /** `{folio}`: what the reader says on the phone; only if an office knows of the case. */
  readonly folio: { readonly email: string };
  /** Ends an SMS about a case, before its link. `{phone}`, `{folio}`. */
  readonly call: Readonly<Record<'info' | 'please' | 'beforeGoing' | 'ifNot' | 'notCalled', string>>;
  /** Where no office is told, if the operator named somebody. `{phone}`, in the email `{help}` too. */
  readonly legalHelp: { readonly sms: string; readonly email: string };
  /** `{link}`: the family's page of the case, in emails. */
  readonly casePage: string;
  readonly updates: UpdatesTexts;
  readonly press: RaisedTexts;
  readonly welcome: WelcomeTexts;
  readonly listChanged: ListChangedTexts;
  readonly trusted: TrustedTexts;
};
