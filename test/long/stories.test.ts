import { afterAll, describe, expect, it } from 'vitest';
import { forcedStory } from '../../infra/local/demo/forced-story.ts';
import { handOverStory } from '../../infra/local/demo/hand-over-story.ts';
import { lawyerStory } from '../../infra/local/demo/lawyer-story.ts';
import { offlineStory } from '../../infra/local/demo/offline-story.ts';
import { raidOf } from '../../infra/local/demo/raid-story.ts';
import { silenceOf } from '../../infra/local/demo/silence-story.ts';
import { startStack } from '../support/local-stack.ts';
import { toldBy } from '../support/told-by.ts';

const running = await startStack();
afterAll(running.close);

it('tells of a lawyer: asked, silent, the next one asked, who accepts; the family hears who, and the first too late', async () => {
  const text = await toldBy(running, { language: 'es', drill: false, place: 'dodge city' }, lawyerStory);
  expect(text).toContain('name and contacts: hidden');
  expect(text).toMatch(
    /sms to Rosa, \+52.*acepto[\s│]+su[\s│]+caso[\s│]+Lic\.[\s│]+(?:Laura|Andr[eé]s)[\s│].*No[\s│]+pague/s,
  );
  expect(text).toMatch(/The first accepts too late .*already-taken/s);
  const types = [...text.matchAll(/^ {2}[\d:]+ {2}(representative\.\S+|alert\.representative-assigned\.v1)/gm)];
  expect(types.map(([, type]) => type)).toEqual([
    'representative.offered.v1',
    'representative.lapsed.v1',
    'representative.offered.v1',
    'alert.representative-assigned.v1',
    'representative.contacted.v1',
    'representative.done.v1',
  ]);
});

describe('npm run demo -- --story offline', () => {
  it('tells of a press an hour late, of one move, and of nothing older', async () => {
    const text = await toldBy(running, { language: 'es', drill: false, place: 'los angeles' }, offlineStory);
    expect(text).toMatch(/ALERTA de .* activado .* recibido/s);
    // The hour, and what this machine takes for its sixty rounds.
    expect(text).toMatch(/La alerta tardó 1 h(?: \d min)? en llegar\./);
    expect(text.match(/Subject: Caso Maria Fernanda Ruiz: su telefono se movio 25\.0 km/g)).toHaveLength(2);
    expect(text).toMatch(/nobody is sent back to where she was ─+\n\n {2}Nobody is written to\./);
    expect(text.match(/openstreetmap.*the press$/gm)).toHaveLength(1);
    expect(text).toContain('closed, no position');
  });
});

describe('npm run demo -- --story forced', () => {
  it('tells both sides, and finds no difference on the phones', async () => {
    const text = await toldBy(running, { language: 'es', drill: false, place: 'los angeles' }, forcedStory);
    expect(text.match(/the alert is closed/g)).toHaveLength(2);
    expect(text).toContain('BAJO COACCIÓN');
    expect(text).toMatch(/Recado: cuando pueda hablar a solas, llame al/);
    expect(text).toContain('show the same');
  });
});

it('tells of a raid: what each mailbox got, one incident, and the list before and after one bulk take', async () => {
  const text = await toldBy(
    running,
    { language: 'es', drill: false, place: 'Los Angeles, California' },
    raidOf([3, 2, 1]),
  );
  expect(text).toMatch(/ALERTA: .* - \S+ alerta cerca de Los Angeles - /);
  expect(text).toMatch(/duty@los-angeles\S+ +alert\.raised\.v1 +\d+/);
  expect(text).toContain('6 cases: 6 untaken, 0 here, 0 with others; 1 incident');
  expect(text).toContain('6 cases: 0 untaken, 6 here, 0 with others; 1 incident');
  expect(text.match(/acknowledged .*Lic\. Rosa Díaz \(seen\)/g)).toHaveLength(6);
  expect(text.split('\n').filter((line) => line.length > 100 && !line.includes('http'))).toEqual([]);
});

it('tells of a case that is given away: nothing to the family until somebody takes it', async () => {
  const text = await toldBy(running, { language: 'es', drill: false, place: 'Los Angeles, California' }, handOverStory);
  const [, waiting = '', taken = ''] = text.split(/── .*(?:is given to el-paso|an officer at el-paso takes it)/);
  expect(waiting).not.toContain('sms to José');
  expect(taken).toContain('ahora atiende el caso una persona en el consulado de El Paso');
  expect(text).toContain('receiver-has-acted');
  expect(text.replaceAll(/\n {2}│ /g, ' ')).toContain('ahora lo lleva la Cancilleria de México');
});

it('tells of silence, minute by minute', async () => {
  const text = await toldBy(running, { language: 'es', drill: false, place: 'Los Angeles, California' }, silenceOf(3));
  expect(text).toMatch(/family +[34] messages +minutes 0, 5, 15, 12[01]/);
  expect(text).toMatch(/ministry +6 messages +minutes 0, 5, 15, 30, 60, 180/);
});
