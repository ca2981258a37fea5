import type { FamilyRaisedFacts } from '../domain/announce-to-family.ts';
import type { MinistryDesk } from '../domain/consulate.ts';
import { isUsable } from '../domain/position.ts';
import type { Publication } from '../domain/publication.ts';
import type { Catalogue, RaisedTexts } from './catalogue.ts';
import { catalogues } from './catalogues.ts';
import { deskTimeZone, fill, pressTimes, writeLaterTime, writeTime } from './local-time.ts';
import { fitShortSms, fitSubject } from './short-text.ts';

/** What the family's message about a press is made of. */
export type RaisedForFamilyFacts = FamilyRaisedFacts & {
  readonly desk: MinistryDesk;
  /** Absolute URL of the family's page. */
  readonly link?: string;
};

type Style = 'long' | 'short';

const whenOf = (
  { alert, consulate }: RaisedForFamilyFacts,
  { time }: Catalogue,
  templates: { readonly when: string; readonly whenLate: string },
  style: Style,
): string => {
  const { pressed, received, late } = pressTimes(alert);
  const timeZone = consulate?.timeZone ?? deskTimeZone;
  return fill(late ? templates.whenLate : templates.when, {
    pressed: writeTime(pressed, timeZone, time, style),
    received: writeLaterTime(received, pressed, timeZone, time, style),
  });
};

/**
 * Without authorisation the SMS names no office and no phone of the Mexican state: one call by a frightened relative
 * would tell it what the person did not want it to know.
 */
const smsOf = (facts: RaisedForFamilyFacts, catalogue: Catalogue, texts: RaisedTexts['sms']): string => {
  const { alert, consulate, desk, family, link } = facts;
  const ours = alert.drill ? texts.drill : texts.actual;
  const when = whenOf(facts, catalogue, texts, 'short');
  const authorities = [
    consulate ? ours.notifyingConsulate : ours.notifyingMinistry,
    ...(consulate ? [fill(texts.nearest, { city: consulate.city })] : []),
    fill(texts.phone, { phone: consulate?.emergencyPhone ?? desk.phone }),
  ];
  return fitShortSms({ name: family.person.name, someone: catalogue.someone }, (name) =>
    [
      fill(ours.opening, { name, when }),
      ...(alert.consularNotification ? authorities : [ours.notAuthorised]),
      ...(link === undefined ? [] : [link]),
    ].join(' '),
  );
};

const officeSection = (
  { alert, consulate, desk }: RaisedForFamilyFacts,
  texts: RaisedTexts['email'],
): readonly string[] => {
  const values = { desk: desk.name, phone: consulate?.emergencyPhone ?? desk.phone };
  if (!alert.consularNotification) return [fill(texts.deskWithoutAuthorisation, { ...values, phone: desk.phone })];
  const phone = fill(values.phone === desk.phone ? texts.deskPhone : texts.officePhone, values);
  if (!consulate) return [phone];
  const nearest = isUsable(alert.position) ? texts.nearest : texts.nearestToHome;
  return [`${fill(nearest, { office: consulate.name })}\n${phone}`];
};

const emailOf = (facts: RaisedForFamilyFacts, catalogue: Catalogue, texts: RaisedTexts['email']): string => {
  const { alert, consulate, desk, family, link } = facts;
  const ours = alert.drill ? texts.drill : texts.actual;
  const name = family.person.name.normalize('NFC');
  const told = consulate ? ours.notifyingConsulate : ours.notifyingMinistry;
  const phone = consulate?.emergencyPhone ?? desk.phone;
  const steps = [...(alert.consularNotification ? [texts.callStep] : []), ...texts.steps];
  return [
    fill(ours.whatHappened, { name }),
    whenOf(facts, catalogue, texts, 'long') + (isUsable(alert.position) ? '' : `\n${texts.noPosition}`),
    fill(alert.consularNotification ? told : ours.notAuthorised, { name }),
    ...officeSection(facts, texts),
    [ours.stepsTitle, ...steps.map((step, index) => `${index + 1}. ${fill(step, { name, phone })}`)].join('\n'),
    ...(link === undefined ? [] : [fill(catalogue.casePage, { link })]),
    texts.footer,
  ].join('\n\n');
};

/** Tells the family of a press, in their language. Nothing in it says where the person is (G8). */
export const composeRaisedForFamily = (facts: RaisedForFamilyFacts): Publication => {
  const { alert, family } = facts;
  const catalogue = catalogues[family.person.language];
  const texts = catalogue.messages['alert.raised.v1'];
  const { subject } = alert.drill ? texts.email.drill : texts.email.actual;
  const when = whenOf(facts, catalogue, texts.sms, 'short');
  return {
    subject: fitSubject({ name: family.person.name, someone: catalogue.someone }, (name) =>
      fill(subject, { name, when }),
    ),
    bodies: {
      default: alert.drill ? texts.default.drill : texts.default.actual,
      sms: smsOf(facts, catalogue, texts.sms),
      email: emailOf(facts, catalogue, texts.email),
    },
    attributes: { type: 'alert.raised.v1', drill: String(alert.drill) },
  };
};
