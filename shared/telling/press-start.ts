import type { Alert } from '../domain/case/alert.ts';
import type { PressPlace } from '../domain/case/incident.ts';

/** Writes at once what the messages about a press need, and takes it back. */
export type PressStart = {
  /**
   * Makes a link for each of these offices, puts the case in its list, while it is open, and leaves the press where others
   * look for it. In no order, and not all or nothing: nobody has a link before all is there.
   * @param officeIds `ministry` is one
   * @returns absolute URLs by id of the office
   */
  write(alert: Alert, officeIds: readonly string[], place?: PressPlace): Promise<ReadonlyMap<string, string>>;
  /** Takes the case out of the lists of offices that are not told of it, or of one that has been closed meanwhile. */
  unlist(alert: Alert, officeIds: readonly string[]): Promise<void>;
};
