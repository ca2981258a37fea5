import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { resourceNames } from '../../../shared/names.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { runRepresentatives } from '../../operator/representatives-cli.ts';
import { connect } from '../../operator/target.ts';
import { act, pageOf, printTimeline, topicOf } from './case-page.ts';
import { chapters } from './chapters.ts';
import { call, nameOf, personName, press, register, statusOf } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { heading, sentence } from './text.ts';

/** Nobody's: numbers of a range kept for fiction. */
const lawyers = [
  { name: 'Lic. Andrés Vega', phone: '+12135550177', email: 'vega@example.org' },
  { name: 'Lic. Laura Soto', phone: '+12135550188', email: 'soto@example.org' },
] as const;

const rosterOf = (officeId: string): string =>
  [
    'office,name,firm,phone,email,languages,matters,capacity,hours',
    ...lawyers.map(({ name, phone, email }) =>
      [officeId, name, '', phone, email, 'es;en', 'immigration', '5', ''].join(),
    ),
  ].join('\n');

/** `npm run representatives -- import`, as the operator runs it. */
const importRoster = async ({ stack, print }: Demo, officeId: string): Promise<void> => {
  const lines: string[] = [];
  const note = (text: string): void => void lines.push(text);
  const code = await runRepresentatives(['import', 'lawyers.csv', '--local', stack.url], {
    connect,
    out: note,
    err: note,
    readFile: async () => rosterOf(officeId),
  });
  print(...heading('The operator imports the roster of the office'), ...lines.flatMap(sentence));
  if (code !== 0) throw new Error('The roster was not imported.');
};

const whose = (message: InboxMessage): string => {
  const lawyer = lawyers.find(({ phone, email }) => message.endpoint === phone || message.endpoint === email);
  return lawyer ? `${lawyer.name}, ${message.endpoint}` : nameOf(message);
};

/** Topic of whoever was asked last. */
const askedLast = ({ stack }: Demo): string => {
  const message = stack.services.sns
    .inbox()
    .findLast(({ topic }) => topic.startsWith(resourceNames.representativeTopicPrefix));
  if (!message) throw new Error('No representative was asked.');
  return message.topic;
};

const offerPage = z.object({ place: z.string().nullable(), language: z.string(), case: z.unknown() });

const showOffer = async ({ stack, print }: Demo, page: string): Promise<void> => {
  const { body } = await call(stack.url, { method: 'GET', path: page, answer: offerPage });
  print(...heading('What the page says before anybody accepts'));
  print(
    ...sentence(
      `near ${body.place ?? 'an unknown place'}, ${body.language}; name and contacts: ${body.case === null ? 'hidden' : 'shown'}`,
    ),
  );
  if (body.case !== null) throw new Error('The page shows whose case it is before anybody accepted.');
};

const tell = async (demo: Demo): Promise<void> => {
  const { stack, language, place } = demo;
  const { letPass } = stack;
  const chapter = chapters(demo, whose);
  const { deviceToken } = await register(stack.url, language, { wantsRepresentative: true });
  await chapter(`${personName} registers, and asks for a lawyer if it comes to that`);
  const alertId = randomUUID();
  const position = { latitude: place.latitude, longitude: place.longitude, accuracyMeters: 20 };
  await press(stack.url, deviceToken, { alertId, position });
  await chapter(`she presses in ${place.name}`);
  const office = (await statusOf(stack.url, deviceToken, alertId)).consulate?.id ?? 'ministry';
  await importRoster(demo, office);

  const officer = pageOf(demo, topicOf(office));
  await act(demo, officer, 'acknowledge', { officer: 'Lic. Rosa Díaz' });
  await chapter('an officer takes the case');
  await letPass(2);
  await chapter('the first of the roster is asked, by the watchman');
  const first = pageOf(demo, askedLast(demo));
  await showOffer(demo, first);
  await letPass(16);
  await chapter('15 minutes without an answer: the second is asked as well');
  const second = pageOf(demo, askedLast(demo));
  await act(demo, second, 'accept', {});
  await chapter('the second accepts: family, office and ministry hear who it is');
  const refusal = await act(demo, first, 'accept', {}).then(
    () => 'done',
    (fault: unknown) => (fault instanceof Error ? fault.message : String(fault)),
  );
  demo.print(...heading('The first accepts too late'), ...sentence(refusal.replace(/\/l\/\w+/, '/l/…')));
  if (!refusal.includes('already-taken')) throw new Error('Two representatives have the case.');
  await act(demo, second, 'contacted', { note: 'Hablé con su hermano.' });
  await chapter('the representative has spoken with the family');
  await letPass(60);
  await act(demo, second, 'done', {});
  await chapter('the representative has done their part: the office hears');
  await printTimeline(demo, officer);
};

export const lawyerStory: Story = {
  summary: 'a lawyer of the roster is asked, another accepts, and the family hears who',
  tell,
};
