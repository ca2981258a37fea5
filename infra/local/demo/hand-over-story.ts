import { randomUUID } from 'node:crypto';
import { messageOf } from '../../local-aws/json.ts';
import { act, pageOf, printTimeline, topicOf } from './case-page.ts';
import { chapters, type Chapter } from './chapters.ts';
import { personName, press, register, statusOf } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { heading, sentence } from './text.ts';

const receiver = 'el-paso';

/** Gives the case away; answers the page of the receiver. */
const giveTo = async (demo: Demo, giver: string): Promise<string> => {
  await act(demo, giver, 'hand-over', { consulateId: receiver, note: 'Está en El Paso' });
  await demo.stack.idle();
  return pageOf(demo, topicOf(receiver));
};

/** Given away, taken back, given away again and taken. */
const takenInTime = async (demo: Demo, chapter: Chapter, giver: string): Promise<void> => {
  const { letPass } = demo.stack;
  await giveTo(demo, giver);
  await chapter(`the case is given to ${receiver}: its giver stays in charge, the family hears nothing`);
  await letPass(6);
  await chapter('five minutes later nobody there has acted: both offices again');
  await act(demo, giver, 'take-back', {});
  await chapter('the giver takes it back');

  const page = await giveTo(demo, giver);
  await chapter('and gives it once more');
  await letPass(3);
  await act(demo, page, 'acknowledge', { officer: 'Lic. Tomás Rey' });
  await chapter(`an officer at ${receiver} takes it: now the family hears`);
  const refusal = await act(demo, giver, 'take-back', {}).then(() => 'done', messageOf);
  demo.print(...heading('The former giver tries to take it back'), ...sentence(refusal));
  if (!refusal.includes(' 409')) throw new Error('What the receiver has taken was taken back.');
};

/** Given away, and nobody there acts. */
const neverTaken = async (demo: Demo, chapter: Chapter, giver: string): Promise<void> => {
  const { letPass } = demo.stack;
  await act(demo, giver, 'hand-over', { consulateId: 'denver' });
  await chapter(`${receiver} gives it to denver`);
  await letPass(14);
  await chapter('five minutes: both offices again');
  await letPass(2);
  await chapter('fifteen minutes: the ministry as well');
  await letPass(15);
  await chapter('thirty minutes: the ministry owns the case, and the family hears');
};

const tell = async (demo: Demo): Promise<void> => {
  const { stack, language, place } = demo;
  const chapter = chapters(demo);
  const { deviceToken } = await register(stack.url, language);
  await chapter(`${personName} registers`);
  const alertId = randomUUID();
  const position = { latitude: place.latitude, longitude: place.longitude, accuracyMeters: 20 };
  await press(stack.url, deviceToken, { alertId, position });
  await chapter(`she presses in ${place.name}`);
  const officeId = async () => (await statusOf(stack.url, deviceToken, alertId)).consulate?.id ?? 'ministry';

  const giver = pageOf(demo, topicOf(await officeId()));
  await act(demo, giver, 'acknowledge', { officer: 'Lic. Rosa Díaz' });
  await chapter('an officer takes the case');
  await takenInTime(demo, chapter, giver);
  await neverTaken(demo, chapter, pageOf(demo, topicOf(receiver)));
  await printTimeline(demo, giver);
  const owner = await officeId();
  if (owner !== 'ministry') throw new Error(`The case is with ${owner}.`);
};

export const handOverStory: Story = {
  summary: 'a case is given to another office, which takes it, or never does',
  tell,
};
