import type { TimeWords } from './local-time.ts';

/** The SMS is one of these sentences after the other. All of them are folded to GSM 03.38 when they are sent. */
type RaisedSms = {
  /** `{name}`, `{when}`. Begins with the word by which a family knows an alert, or a drill. */
  readonly opening: string;
  readonly notifyingConsulate: string;
  readonly notifyingMinistry: string;
  readonly notAuthorised: string;
};

/** What differs between an alert and a drill in the email. */
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
  readonly notAuthorised: string;
  readonly stepsTitle: string;
};

/** Texts about a press for the family. `actual` and `drill` must both be there in every language. */
export type RaisedTexts = {
  readonly default: { readonly actual: string; readonly drill: string };
  readonly sms: {
    readonly actual: RaisedSms;
    readonly drill: RaisedSms;
    /** `{pressed}`. */
    readonly when: string;
    /** `{pressed}`, `{received}`. */
    readonly whenLate: string;
    /** `{city}`. */
    readonly nearest: string;
    /** `{phone}`. */
    readonly phone: string;
    /** `{link}`. */
    readonly link: string;
  };
  readonly email: {
    readonly actual: RaisedEmail;
    readonly drill: RaisedEmail;
    /** `{pressed}`. */
    readonly when: string;
    /** `{pressed}`, `{received}`. */
    readonly whenLate: string;
    readonly noPosition: string;
    /** `{office}`. */
    readonly nearest: string;
    /** `{office}`. */
    readonly nearestToHome: string;
    /** `{phone}`. */
    readonly officePhone: string;
    /** `{desk}`, `{phone}`. */
    readonly deskPhone: string;
    /** `{desk}`, `{phone}`: general information only; calling is the family's decision. */
    readonly deskWithoutAuthorisation: string;
    /** Only if consular contact was authorised. `{name}`, `{phone}`. */
    readonly callStep: string;
    /** `{name}`. */
    readonly steps: readonly string[];
    /** `{link}`. */
    readonly link: string;
    readonly footer: string;
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

/**
 * Everything that families read, in one language. A message is added here as one more member of `messages`; then no
 * language compiles without it.
 */
export type Catalogue = {
  readonly time: TimeWords;
  /** Stands for a name that cannot be written in an SMS: "your relative". */
  readonly someone: string;
  readonly messages: {
    readonly 'contact.welcome.v1': WelcomeTexts;
    readonly 'alert.raised.v1': RaisedTexts;
  };
};
