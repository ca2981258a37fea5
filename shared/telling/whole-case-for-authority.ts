import type { CaseEvent } from '../domain/case/case-event.ts';
import { folioOf } from '../domain/case/folio.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { fitSms, fitSubject } from '../words/short-text.ts';
import type { AuthorityRecipient } from './recipient.ts';
import { type CaseMessageFacts, isFamilyUnreached, wholeCase, readerOf } from './case-message.ts';
import { soFarSection } from './known-so-far.ts';
import { shortWhen } from './compose-raised-for-authority.ts';
import type { Frame, FrameContext } from './event-spec.ts';
import { raisedEmail } from './raised-email-for-authority.ts';
import { sideOf } from './two-offices.ts';
import { clockOf, duressReminder, linkLine, writePromised } from './raised-message.ts';

const { press, updates } = officersWords.officers;

/** Whether another office, which hears of it now, is to take the case first. */
const waitsFor = (recipient: AuthorityRecipient, event: CaseEvent): boolean =>
  event.type === 'alert.located.v1' && sideOf(recipient, event, event.consulate.id) === 'nearest';

/** Subject, SMS and email of an event whose message holds the press and what is known by now, within its frame. */
export const wholeCaseTexts = (
  recipient: AuthorityRecipient,
  facts: CaseMessageFacts,
  frameIn: (context: FrameContext) => Frame,
): { readonly subject: string; readonly sms: string; readonly email: string } => {
  const { alert, event, family, link } = facts;
  const raised = { ...wholeCase(facts), ...readerOf(recipient, facts) };
  const timeZone = clockOf(raised);
  const frame = frameIn({ recipient, facts, kind: alert.drill ? 'drill' : 'actual', timeZone });
  const person = { name: family.person.name, someone: press.someone };
  const when = shortWhen(raised);
  const promised = writePromised(alert, timeZone);
  const mark = alert.origin ? updates.mark[alert.origin.kind] : '';
  const folio = fill(press.folio, { folio: folioOf(alert.familyId, alert.alertId) });
  const soFar = soFarSection(facts, timeZone);
  const reminder = event.type === 'alert.cancelled-under-duress.v1' ? [] : duressReminder(alert);
  return {
    subject: fitSubject(person, (name) => fill(frame.subject, { name: `${name}${mark}`, when })),
    sms: fitSms(person, (name) =>
      [fill(frame.opening, { name, when, promised }), frame.sms, folio, link ?? '']
        .filter((part) => part !== '')
        .join(' '),
    ),
    email: [
      ...linkLine(recipient, facts, raised.assigned.id, waitsFor(recipient, event)),
      ...(alert.drill ? [press.drill.heading] : []),
      ...reminder,
      ...(isFamilyUnreached(facts) ? [updates.familyUnreached.reminder] : []),
      frame.lead.join('\n'),
      ...(soFar.length > 0 ? [soFar.join('\n')] : []),
      raisedEmail(recipient, raised, alert.drill ? [updates.drillRequest] : frame.request),
    ].join('\n\n'),
  };
};
