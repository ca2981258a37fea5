import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { takeCasesResponse } from '../../../shared/contracts/case-actions.ts';
import { registerFamilyResponse } from '../../../shared/contracts/families.ts';
import { type OfficeCases, officeCasesResponse } from '../../../shared/contracts/office-list.ts';
import { resourceNames } from '../../../shared/names.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { topicOf } from './case-page.ts';
import { call, press } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { clock, heading, linkIn, received, sentence, table } from './text.ts';

/** Nobody's names. */
const names = `Ana Ruiz, Luis Mora, Rosa Díaz, Juan Vega, Elena Soto, Pedro Luna, Marta Gil, José Ríos, Lucía Paz,
Raúl Mena, Irma Cano, Hugo Leal, Nora Sáenz, Iván Cruz, Alma Ponce, Tomás Rey, Clara Nava, Beto Lara, Inés Ochoa,
Omar Silva, Julia Peña, Saúl Ibarra, Dora Meza, Adán Tovar, Flor Zamora`.split(/,\s+/);

type Person = { readonly name: string; readonly familyId: string; readonly deviceToken: string };

/** Somebody with one relative; the numbers are of a range kept for fiction. */
const register = async ({ stack, language }: Demo, name: string, index: number): Promise<Person> => {
  const { body } = await call(stack.url, {
    method: 'POST',
    path: '/v1/families',
    body: {
      person: { name, language },
      contacts: [{ name: 'José', channel: 'sms', endpoint: `+1213555${String(100 + index).padStart(4, '0')}` }],
      pin: '4821',
      consent: { consularNotification: true, version: '2026-01' },
    },
    answer: registerFamilyResponse,
  });
  return { name, ...body };
};

/** Within a few hundred metres of the place. */
const around = ({ latitude, longitude }: Demo['place'], index: number) => ({
  latitude: latitude + ((index % 5) - 2) * 0.001,
  longitude: longitude + ((index % 7) - 3) * 0.001,
  accuracyMeters: 20,
});

const raid = async (demo: Demo, people: readonly Person[], presses: readonly number[]): Promise<void> => {
  const { stack, drill, place } = demo;
  let pressed = 0;
  for (const [minute, count] of presses.entries()) {
    if (minute > 0) await stack.letPass(1);
    for (const { deviceToken } of people.slice(pressed, pressed + count)) {
      const position = around(place, pressed);
      pressed += 1;
      await press(stack.url, deviceToken, { alertId: randomUUID(), position, ...(drill && { drill }) });
      // One after the other, as the messages say which alert it is.
      await stack.idle();
    }
  }
};

const isFamily = ({ topic }: InboxMessage): boolean => topic.startsWith(resourceNames.familyTopicPrefix);

const printMailboxes = ({ stack, print }: Demo): void => {
  const mails = stack.services.sns.inbox({ protocol: 'email' }).filter((message) => !isFamily(message));
  const counts = new Map<string, number>();
  for (const { endpoint, attributes } of mails) {
    const row = `${endpoint}|${attributes['type'] ?? 'confirmation'}`;
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const rows = [...counts].filter(([row]) => !row.endsWith('|confirmation'));
  print(...heading('What each mailbox got in ten minutes'));
  print(...table(rows.map(([row, count]) => [...row.split('|'), String(count)])));
};

const printSubjects = ({ stack, print }: Demo, office: string): void => {
  const topic = topicOf(office);
  const raised = stack.services.sns
    .inbox({ protocol: 'email' })
    .filter((message) => message.topic === topic && message.attributes['type'] === 'alert.raised.v1');
  print(...heading(`The alerts as ${office} reads them in its mailbox`));
  print(...table(raised.map(({ at, subject = '' }) => [clock(new Date(at)), subject.slice(0, 88)])));
};

const printList = ({ print }: Demo, title: string, list: OfficeCases): void => {
  const { counts, cases } = list;
  const { untaken, here, others } = counts;
  const incidents = new Set(cases.flatMap(({ incidentId }) => incidentId ?? []));
  print(...heading(title));
  print(
    ...sentence(
      `${list.total} cases: ${untaken} untaken, ${here} here, ${others} with others; ${incidents.size} incident`,
    ),
  );
  print(
    ...table(
      cases.map(({ raisedAt, folio, person, state, place, acknowledged }) => [
        clock(new Date(raisedAt)),
        folio,
        person.name,
        state,
        place ?? '-',
        acknowledged ? `${acknowledged.officer}${acknowledged.seenOnly ? ' (seen)' : ''}` : '-',
      ]),
    ),
  );
};

/** The office that was told of the first press. */
const officeOf = ({ stack }: Demo): string => {
  const raised = stack.services.sns.inbox().filter(({ attributes }) => attributes['type'] === 'alert.raised.v1');
  const ids = raised.flatMap(({ attributes }) => attributes['consulateId'] ?? []);
  return ids.find((id) => id !== 'ministry') ?? 'ministry';
};

const tell = async (demo: Demo, presses: readonly number[]): Promise<void> => {
  const { stack, print } = demo;
  const people: Person[] = [];
  const count = presses.reduce((sum, each) => sum + each, 0);
  for (const [index, name] of names.slice(0, count).entries()) {
    people.push(await register(demo, name, index));
    // The gateway takes ten registrations a second.
    await setTimeout(100);
  }
  await stack.idle();
  print(...heading(`${people.length} people register, and press in ${demo.place.name} within ten minutes`));
  await raid(demo, people, presses);
  const office = officeOf(demo);
  printSubjects(demo, office);
  printMailboxes(demo);

  const list = new URL(linkIn(stack.services.sns.inbox(), topicOf(office))).pathname.replace('/c/', '/o/');
  const read = async (): Promise<OfficeCases> =>
    (await call(stack.url, { method: 'GET', path: list, answer: officeCasesResponse })).body;
  const before = await read();
  printList(demo, `The list of ${office} before`, before);
  const seen = stack.services.sns.inbox().length;
  const cases = before.cases.map(({ familyId, alertId }) => ({ familyId, alertId }));
  const body = { officer: 'Lic. Rosa Díaz', cases };
  const { body: taken } = await call(stack.url, {
    method: 'POST',
    path: `${list}/take`,
    body,
    answer: takeCasesResponse,
  });
  await stack.idle();
  const after = await read();
  printList(demo, `The list of ${office} after one bulk take: ${taken.taken.length} taken`, after);
  const told = stack.services.sns.inbox().slice(seen).filter(isFamily);
  print(...heading(`What ${told.length} families read of it; one of them`));
  print(...received(told.slice(0, 1), ({ endpoint }) => endpoint));
  if (after.counts.untaken > 0 || taken.taken.length !== people.length) {
    throw new Error(`Of ${people.length} cases ${taken.taken.length} were taken.`);
  }
};

/** @param presses how many people press in each minute, 25 at most */
export const raidOf = (presses: readonly number[]): Story => ({
  summary: '25 people press at one place in ten minutes, and an officer takes all of it at once',
  tell: async (demo) => tell(demo, presses),
});

export const raidStory = raidOf([3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2]);
