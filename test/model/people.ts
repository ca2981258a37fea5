import type { Representative } from '../../shared/domain/representatives/representative.ts';

/* Who is on the rosters of the model's world, and in which order a case asks them, read off this page by hand. */

export type Person = 'bruno' | 'carla' | 'diego' | 'elena' | 'fabio' | 'gloria';

type Entry = Pick<Representative, 'representativeId' | 'officeId' | 'name' | 'phone' | 'languages' | 'hours'>;

const id = (letter: string): string => `${letter}0000000-0000-4000-8000-000000000000`;

/** Everybody takes what there is; the person of the model speaks Spanish. */
export const people: Readonly<Record<Person, Entry>> = {
  bruno: {
    representativeId: id('a'),
    officeId: 'los-angeles',
    name: 'Lic. Bruno Soto',
    phone: '+12135550171',
    languages: ['es'],
  },
  carla: {
    representativeId: id('b'),
    officeId: 'los-angeles',
    name: 'Lic. Carla Mora',
    phone: '+12135550172',
    languages: ['es', 'en'],
    hours: 'Su 12:30-18:00',
  },
  diego: {
    representativeId: id('c'),
    officeId: 'los-angeles',
    name: 'Lic. Diego Luna',
    phone: '+12135550173',
    languages: ['en'],
  },
  elena: {
    representativeId: id('d'),
    officeId: 'santa-ana',
    name: 'Lic. Elena Paz',
    phone: '+12135550174',
    languages: ['es'],
  },
  fabio: {
    representativeId: id('e'),
    officeId: 'ministry',
    name: 'Lic. Fabio Rey',
    phone: '+12135550175',
    languages: ['es'],
  },
  gloria: {
    representativeId: id('f'),
    officeId: 'ministry',
    name: 'Lic. Gloria Sanz',
    phone: '+12135550176',
    languages: ['es'],
    hours: 'Su 15:00-23:00',
  },
};

export const everyone = Object.keys(people) as Person[];

export const personOf = (representativeId: string): Person | undefined =>
  everyone.find((one) => people[one].representativeId === representativeId);

/** Office, language, id; nobody has another case, and nobody is asked twice. The ministry's come last everywhere. */
const turns: Readonly<Record<string, readonly Person[]>> = {
  'los-angeles': ['bruno', 'carla', 'diego', 'fabio', 'gloria'],
  'santa-ana': ['elena', 'fabio', 'gloria'],
};
export const turnsAt = (office: string): readonly Person[] => turns[office] ?? ['fabio', 'gloria'];

/**
 * Minutes after the press, which is made on a Sunday at 12:00 in Los Angeles, at 14:00 in Mexico City, when hours begin
 * and end. Who is not here is asked at any hour.
 */
export const hours: Readonly<Partial<Record<Person, { readonly from: number; readonly until: number }>>> = {
  carla: { from: 30, until: 360 },
  gloria: { from: 60, until: 540 },
};
