import type { Case } from '../../shared/domain/case/case.ts';
import type { OfficerAction } from '../../shared/domain/case/act-on-case.ts';
import { type CaseEvent, onAlert } from '../../shared/domain/case/case-event.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import type { Closing } from '../../shared/pages/closing-page.ts';
import { caseMessageFacts } from '../../shared/telling/case-message.ts';
import { composeCaseEventForFamily } from '../../shared/telling/compose-case-event-for-family.ts';
import type { ServeCaseDeps } from './request.ts';

/** What the family would be sent of this closing: written as it will be, but for the link. */
export const toFamilyOf = (
  deps: ServeCaseDeps,
  { alert, family }: Case,
  officeId: string,
  { officer, disposition, familyNote }: Extract<OfficerAction, { action: 'close' }>,
): Closing['toFamily'] => {
  if (alert.duress === true) return undefined;
  const { consulateById, desk, openConsulates } = deps;
  const now = deps.now();
  const event: CaseEvent = {
    ...onAlert(alert, now),
    eventId: 'not-yet',
    by: { kind: 'officer', officeId, name: officer },
    deliveries: {},
    type: 'alert.closed.v1',
    disposition,
    ...(familyNote !== undefined && { familyNote }),
  };
  const known = { consulateById, desk, now, officeMeters: metersToNearest(openConsulates) };
  const told = composeCaseEventForFamily(caseMessageFacts({ alert, family }, event, known));
  if (!told) return undefined;
  const { subject, bodies } = told;
  return { subject, sms: bodies.sms ?? '', email: bodies.email ?? '' };
};
