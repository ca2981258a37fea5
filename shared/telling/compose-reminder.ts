import type { CheckIn } from '../domain/check-in/check-in.ts';
import type { Family } from '../domain/family/family.ts';
import { isUsable } from '../domain/position.ts';
import { writeOffset } from '../domain/sent-values.ts';
import { withoutNumbers } from '../domain/typed-text.ts';
import type { Publication } from './publication.ts';
import { catalogues } from '../words/catalogues.ts';
import { countParts, foldToGsm } from '../words/gsm0338.ts';
import { fill } from '../words/fill.ts';
import { writeLaterTime } from '../words/local-time.ts';
import { typedInSms } from '../words/short-text.ts';
import { timeZoneAt } from '../words/time-zone.ts';

export type ReminderFacts = {
  readonly checkIn: Pick<CheckIn, 'promisedAt' | 'label' | 'utcOffsetMinutes'>;
  readonly family: Pick<Family, 'person'>;
  readonly now: Date;
};

/** As much of a label as may be left out, most first. */
const labelLengths = [100, 40, 20];

const cut = (label: string, length: number): string => {
  const letters = Array.from(label);
  return letters.length <= length ? label : `${letters.slice(0, length).join('').trimEnd()}...`;
};

/**
 * Reminds a person that an OK is due, by SMS to their own phone. It says in how many minutes; by the clock only where a
 * registered home or the offset of the promise tells the zone, since a time of another zone would be worse than none.
 */
export const composeReminder = ({ checkIn, family, now }: ReminderFacts): Publication => {
  const { language, homePosition } = family.person;
  const { person, time } = catalogues[language];
  const texts = person.reminder;
  const promised = new Date(checkIn.promisedAt);
  const { utcOffsetMinutes } = checkIn;
  const zone =
    (isUsable(homePosition) ? timeZoneAt(homePosition) : undefined) ??
    (utcOffsetMinutes === undefined ? undefined : writeOffset(utcOffsetMinutes));
  const minutes = String(Math.max(1, Math.ceil((promised.getTime() - now.getTime()) / 60_000)));
  const by = zone === undefined ? '' : fill(texts.by, { time: writeLaterTime(promised, now, zone, time, 'short') });
  const label = typedInSms(withoutNumbers(checkIn.label ?? ''));
  const abouts = label === '' ? [] : labelLengths.map((length) => fill(texts.about, { label: cut(label, length) }));
  const choices = [...abouts, ''].map((about) => foldToGsm(fill(texts.sms, { minutes, by, about })));
  return {
    subject: texts.subject,
    bodies: { default: texts.default, sms: choices.find((text) => countParts(text) === 1) ?? choices.at(-1) ?? '' },
    attributes: { type: 'check-in.reminder.v1', drill: 'false' },
  };
};
