/** Finds the open cases of an office. Eventually consistent: a case that has just moved on may still be there. */
export type OpenCases = {
  /** Newest first. @param officeId an office's, or `ministry` */
  ofOffice(officeId: string): Promise<readonly { readonly familyId: string; readonly alertId: string }[]>;
};
