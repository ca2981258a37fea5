import type { AuthorityRecipient } from './recipient.ts';
import type { CaseEventOf } from '../domain/case/case-event.ts';
import type { CaseMessageFacts } from './case-facts.ts';
import { isFamilyUnreached, minutesAfterPress, toldAt, wholeCase } from './case-facts.ts';
import { actorName, historySection, officeName } from './case-history.ts';
import { shortWhen } from './compose-raised-for-authority.ts';
import { deskTimeZone, fill, pressTimes, writeElapsed, writeLaterTime, writeTime } from '../words/local-time.ts';
import { officersCase } from '../words/es/officers-case.ts';
import { officers } from '../words/es/officers.ts';
import { oneLine } from '../words/one-line.ts';
import { openingTexts, writePromised } from './raised-facts.ts';
import { raisedEmail } from './raised-email-for-authority.ts';
import { fitSms, fitSubject } from '../words/short-text.ts';

/** Events by which an office may hear of a case for the first time: their messages say everything again. */
export type WholeCaseEvent = CaseEventOf<'alert.escalated.v1' | 'alert.located.v1' | 'alert.cancelled-under-duress.v1'>;

/** What stands before and around the whole case. `sms` is a sentence after who and when. */
type Frame = {
  readonly subject: string;
  readonly opening: string;
  readonly sms: string;
  readonly lead: readonly string[];
  readonly request: readonly string[];
};

type Context = {
  readonly recipient: AuthorityRecipient;
  readonly facts: CaseMessageFacts;
  readonly kind: 'actual' | 'drill';
  readonly timeZone: string;
};

const escalatedFrame = (
  { recipient, facts, kind, timeZone }: Context,
  event: CaseEventOf<'alert.escalated.v1'>,
): Frame => {
  const { why, duress } = officersCase;
  const texts = officersCase.escalated[event.reason];
  const tried = event.triedConsulates.filter((id) => id !== 'ministry');
  const names = tried.map((id) => officeName(facts, id));
  const office = officeName(facts, event.consulate.id);
  const elapsed = writeElapsed(minutesAfterPress(facts.alert, event));
  const owner = event.consulate.id === 'ministry';
  const still = owner && event.triedConsulates.includes('ministry');
  const inCharge = owner
    ? still
      ? why.still
      : texts.toOwner
    : recipient.kind === 'consulate'
      ? why.toOffice
      : fill(why.toMinistry, { office });
  const told = tried.map((id) =>
    fill(why.toldLine, {
      office: officeName(facts, id),
      time: writeTime(new Date(toldAt(facts, id)), timeZone, officers.time, 'short'),
    }),
  );
  const briefly =
    names.length <= 2
      ? names.join(', ')
      : fill(why.more, { offices: names.slice(0, 2).join(', '), count: String(names.length - 2) });
  return {
    subject: fill(texts[kind], { elapsed, office, name: '{name}', when: '{when}' }),
    opening: openingTexts(facts.alert).sms,
    sms: fill(still ? why.stillSms : texts.sms, {
      elapsed,
      office,
      tried: briefly === '' ? officers.ministryOffice : briefly,
    }),
    lead: [
      why.title,
      fill(texts.reason, { tried: names.join(', '), elapsed }),
      ...(event.reason === 'not-acknowledged' && told.length > 0 ? [why.told, ...told] : []),
      inCharge,
      ...(event.reason === 'office-unreachable' && recipient.kind === 'ministry' ? [why.operator] : []),
    ],
    request:
      facts.alert.duress === true
        ? duress.request
        : [recipient.kind === 'ministry' && !owner ? why.copy : why.acknowledge],
  };
};

const locatedFrame = ({ facts, kind }: Context, event: CaseEventOf<'alert.located.v1'>): Frame => {
  const { located, duress } = officersCase;
  const office = officeName(facts, event.consulate.id);
  const by = actorName(facts, event);
  const previous = event.previous === undefined ? undefined : officeName(facts, event.previous);
  return {
    subject: fill((kind === 'drill' ? located.drillSubject : located.subject)[event.cause], {
      office,
      name: '{name}',
      when: '{when}',
    }),
    opening: openingTexts(facts.alert).sms,
    sms: fill(located.sms[event.cause], { office, by }),
    lead: [
      located.heading[event.cause],
      event.cause === 'position' ? located.position : fill(located.handOver, { by }),
      ...(previous === undefined ? [] : [fill(located.previous, { previous })]),
      ...(event.note === undefined ? [] : [fill(located.note, { note: oneLine(event.note) })]),
    ],
    request:
      facts.alert.duress === true
        ? duress.request
        : [facts.alert.state === 'raised' ? located.request.raised : located.request.taken],
  };
};

const duressFrame = (
  { facts, kind, timeZone }: Context,
  event: CaseEventOf<'alert.cancelled-under-duress.v1'>,
): Frame => {
  const { duress } = officersCase;
  const at = new Date(event.at);
  const values = {
    at: writeLaterTime(at, pressTimes(facts.alert).pressed, timeZone, officers.time, 'short'),
    longAt: writeTime(at, timeZone, officers.time, 'long'),
    office: officeName(facts, wholeCase(facts).assigned.id),
    name: '{name}',
  };
  return {
    subject: fill(kind === 'drill' ? duress.drillSubject : duress.subject, values),
    opening: fill(kind === 'drill' ? duress.drillSms : duress.sms, values),
    sms: '',
    lead: [duress.heading, ...duress.lines.map((line) => fill(line, values))],
    request: duress.request,
  };
};

const frameOf = (context: Context, event: WholeCaseEvent): Frame => {
  switch (event.type) {
    case 'alert.escalated.v1':
      return escalatedFrame(context, event);
    case 'alert.located.v1':
      return locatedFrame(context, event);
    case 'alert.cancelled-under-duress.v1':
      return duressFrame(context, event);
  }
};

/** Subject, SMS and email of an event whose message holds the whole case and its history. */
export const wholeCaseTexts = (
  recipient: AuthorityRecipient,
  facts: CaseMessageFacts,
  event: WholeCaseEvent,
): { readonly subject: string; readonly sms: string; readonly email: string } => {
  const { alert, family, link } = facts;
  const raised = wholeCase(facts);
  const kind = alert.drill ? 'drill' : 'actual';
  const timeZone = raised.consulate?.timeZone ?? deskTimeZone;
  const frame = frameOf({ recipient, facts, kind, timeZone }, event);
  const person = { name: family.person.name, someone: officers.someone };
  const when = shortWhen(raised);
  const promised = writePromised(alert, timeZone);
  const mark = alert.origin ? officersCase.mark[alert.origin.kind] : '';
  const history = historySection(facts, timeZone);
  const remind = alert.duress === true && event.type !== 'alert.cancelled-under-duress.v1';
  return {
    subject: fitSubject(person, (name) => fill(frame.subject, { name: `${name}${mark}`, when })),
    sms: fitSms(person, (name) =>
      [fill(frame.opening, { name, when, promised }), frame.sms, link ?? ''].filter((part) => part !== '').join(' '),
    ),
    email: [
      ...(alert.drill ? [officersCase.drillHeading] : []),
      ...(remind ? [officersCase.duress.reminder] : []),
      ...(isFamilyUnreached(facts) ? [officersCase.familyUnreached.reminder] : []),
      frame.lead.join('\n'),
      ...(history.length > 0 ? [history.join('\n')] : []),
      raisedEmail(recipient, raised, alert.drill ? [officersCase.drillRequest] : frame.request),
    ].join('\n\n'),
  };
};
