import { randomUUID } from 'node:crypto';
import { resourceNames } from '../../../shared/names.ts';
import { act, pageOf, printTimeline, topicOf } from './case-page.ts';
import { chapters, type Chapter } from './chapters.ts';
import { personName, press, register, statusOf } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { heading, sentence } from './text.ts';

/** A case as it goes on: its family's topic, and what the phone sees of it now. */
type Case = {
  readonly familyTopic: string;
  readonly office: () => Promise<string>;
  readonly state: () => Promise<string>;
};

const raise = async (demo: Demo, chapter: Chapter): Promise<Case> => {
  const { stack, language, place } = demo;
  const { familyId, deviceToken: token } = await register(stack.url, language);
  await chapter(`${personName} registers`);

  const alertId = randomUUID();
  const position = { latitude: place.latitude, longitude: place.longitude, accuracyMeters: 20 };
  await press(stack.url, token, { alertId, position });
  await chapter(`she presses in ${place.name}`);
  return {
    familyTopic: `${resourceNames.familyTopicPrefix}${familyId}`,
    office: async () => (await statusOf(stack.url, token, alertId)).consulate?.id ?? 'ministry',
    state: async () => (await statusOf(stack.url, token, alertId)).state,
  };
};

/** From silence to an officer who has the case and finds the person. */
const find = async (demo: Demo, chapter: Chapter, office: Case['office']): Promise<string> => {
  const { letPass } = demo.stack;
  await letPass(6);
  await chapter(`five minutes of silence: the next office as well`);
  const second = await office();
  const page = pageOf(demo, topicOf(second));

  await letPass(3);
  await act(demo, page, 'acknowledge', { officer: 'Lic. Rosa Díaz' });
  await chapter(`an officer at ${second} takes the case`);

  await act(demo, page, 'representative', { name: 'Lic. Andrés Vega', phone: '+12135550177' });
  await chapter('a lawyer is assigned');

  await act(demo, page, 'state', { to: 'locating' });
  await chapter('the officer looks for her');

  await letPass(30);
  await act(demo, page, 'state', { to: 'located', facility: 'El Paso Service Processing Center' });
  await chapter('located at a facility in another district');

  await act(demo, page, 'hand-over', { consulateId: 'el-paso', note: 'Está en El Paso' });
  await chapter('the case is given to the office there, where somebody is yet to take it');
  return second;
};

/** From the hand-over to the end; answers the page of the office that closed the case. */
const bringHome = async (demo: Demo, chapter: Chapter, familyTopic: string): Promise<string> => {
  const elPaso = pageOf(demo, topicOf('el-paso'));
  const family = pageOf(demo, familyTopic);
  await act(demo, family, 'on-it', { name: 'José', task: 'llevo sus documentos al consulado' });
  await chapter('a relative says what he does');

  await demo.stack.letPass(8);
  await act(demo, elPaso, 'acknowledge', { officer: 'Lic. Tomás Rey' });
  await chapter('an officer there takes it: only now the family hears of the hand-over');

  await demo.stack.letPass(60);
  await act(demo, elPaso, 'state', { to: 'in-contact' });
  await chapter('the consulate speaks with her');

  await act(demo, elPaso, 'close', { disposition: 'released', note: 'salió con fianza', confirm: true });
  await chapter('released: the case is closed');
  return elPaso;
};

const tell = async (demo: Demo): Promise<void> => {
  const chapter = chapters(demo);
  const { familyTopic, office, state } = await raise(demo, chapter);
  const first = await office();
  const second = await find(demo, chapter, office);
  await printTimeline(demo, await bringHome(demo, chapter, familyTopic));
  const end = await state();
  demo.print(...heading('What the phone sees'));
  demo.print(...sentence(`state ${end}, ${first} was told first, then ${second}`));
  if (end !== 'closed') throw new Error(`The case is ${end}.`);
};

export const detentionStory: Story = {
  summary: 'from the press until an officer has the case, the person is found and it is closed',
  tell,
};
