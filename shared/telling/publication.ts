/** `default` is what SNS gives to every protocol that has no text of its own; it must always be there. */
type PublicationBodies = {
  readonly default: string;
  readonly sms?: string;
  readonly email?: string;
};

/** One message to one topic: a text per protocol, as it leaves, independent of how SNS wants it wrapped. */
export type Publication = {
  /** Subject of the email: printable ASCII, shorter than 100 characters, begins with a letter or a digit. */
  readonly subject: string;
  readonly bodies: PublicationBodies;
  /**
   * For filter policies: `type` (`alert.raised.v1` …) and `drill` (`true` or `false`) always; `consulateId` (an
   * office's id, or `ministry`) on what goes to offices and the ministry.
   */
  readonly attributes: Readonly<Record<string, string>>;
};
