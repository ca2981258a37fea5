import type { Case } from '../../shared/domain/case/case.ts';
import { type ListEntry, readOfficeList } from '../../shared/domain/case/office-list.ts';
import type { OfficeListView } from '../../shared/pages/office-page.ts';
import { caseNow } from './cases.ts';

/** Somebody looks at a list for the first time. */
export const aView: OfficeListView = { lookedAt: caseNow.toISOString(), ticked: new Set() };

/** The list of an office that was told of all these cases, whose families are old and reachable. */
export const entriesOf = async (cases: readonly Case[], officeId = 'los-angeles'): Promise<readonly ListEntry[]> => {
  const [first] = cases;
  if (!first) return [];
  const told = cases.map(({ alert }) => ({ ...alert, toldConsulates: [...(alert.toldConsulates ?? []), officeId] }));
  const openCases = {
    ofOffice: async () => told,
    alerts: async () => told,
    listedAt: async () => told.map(({ raisedAt }) => raisedAt),
    families: async () => cases.map(({ family }) => ({ ...family, reachable: 1 })),
  };
  return readOfficeList({ openCases, presses: { list: async () => [] }, now: () => caseNow }, first.alert, {
    officeId,
  });
};
