/**
 * The open cases that an office was told of, whoever is in charge by now. Eventually consistent: a case that was closed
 * this moment may still be there.
 */
export type OpenCases = {
  /** Newest first. @param officeId an office's, or `ministry` */
  ofOffice(officeId: string): Promise<readonly { readonly familyId: string; readonly alertId: string }[]>;
};
