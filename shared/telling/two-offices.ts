import type { Alert } from '../domain/case/alert.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import type { TwoOffices } from '../domain/offices/two-offices.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { writeDistance } from '../words/measures.ts';
import { officeRef, shortName } from './office-ref.ts';
import { recipientId } from './raised-message.ts';
import type { AuthorityRecipient } from './recipient.ts';

const { case: caseWords, officers } = officersWords;
const { twoOffices: texts } = officers.press;

/** What the texts say of two offices. */
export const valuesOfTwo = (offices: Offices, { responsible, nearest, source, asOf }: TwoOffices) => ({
  responsible: shortName(officeRef(offices, responsible.id), caseWords),
  nearest: shortName(officeRef(offices, nearest.id), caseWords),
  distance: nearest.distanceMeters === null ? '' : writeDistance(nearest.distanceMeters),
  source,
  asOf: asOf ?? texts.undated,
});

/** Both offices, as lines of an email. */
export const linesOfTwo = (offices: Offices, { twoOffices }: Pick<Alert, 'twoOffices'>): readonly string[] =>
  twoOffices ? texts.lines.map((line) => fill(line, valuesOfTwo(offices, twoOffices))) : [];

/** Which of the two a recipient is, while the responsible one is in charge. */
export const sideOf = (
  recipient: AuthorityRecipient,
  { twoOffices }: Pick<Alert, 'twoOffices'>,
  inCharge: string,
): 'responsible' | 'nearest' | undefined => {
  if (twoOffices?.responsible.id !== inCharge) return undefined;
  const id = recipientId(recipient);
  return id === inCharge ? 'responsible' : id === twoOffices.nearest.id ? 'nearest' : undefined;
};
