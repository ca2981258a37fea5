import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appointmentStory } from '../../infra/local/demo/appointment-story.ts';
import { choosePlace } from '../../infra/local/demo/places.ts';
import { forcedStory } from '../../infra/local/demo/forced-story.ts';
import { lawyerStory } from '../../infra/local/demo/lawyer-story.ts';
import { offlineStory } from '../../infra/local/demo/offline-story.ts';
import { pressStory } from '../../infra/local/demo/press-story.ts';
import { raidOf } from '../../infra/local/demo/raid-story.ts';
import { handOverStory } from '../../infra/local/demo/hand-over-story.ts';
import { silenceOf } from '../../infra/local/demo/silence-story.ts';
import type { Story } from '../../infra/local/demo/story.ts';
import { startStack, type TestStack } from '../support/local-stack.ts';

let running: TestStack;
beforeAll(async () => {
  running = await startStack();
});
afterAll(async () => running.close());

const told = async (
  options: { language: 'es' | 'en'; drill: boolean; place: string },
  story: Story = pressStory,
): Promise<string> => {
  const { stack } = running;
  await running.reset();
  const lines: string[] = [];
  const print = (...more: readonly string[]): void => void lines.push(...more);
  await story.tell({ ...options, stack, place: choosePlace(options.place, undefined), print });
  return lines.join('\n');
};

describe('npm run demo', () => {
  it('tells who received what, after how many milliseconds, and which office was chosen', async () => {
    const text = await told({ language: 'es', drill: false, place: 'dodge city' });
    expect(text).toMatch(/\d+ ms {2}phone +answered 202/);
    expect(text).toMatch(/\d+ ms {2}family +sms to José, \+1/);
    expect(text).toMatch(/\d+ ms {2}family +sms to Rosa, \+52/);
    expect(text).toMatch(/\d+ ms {2}family +email to Lupita/);
    expect(text).toMatch(/\d+ ms {2}consulate +email to .*oklahoma-city/);
    expect(text).toMatch(/\d+ ms {2}consulate +email to .*kansas-city/);
    expect(text).toMatch(/\d+ ms {2}ministry +email/);
    expect(text).toMatch(/office +.*Kansas City\), \d{3}\.\d km away/);
    expect(text).toMatch(/nearest +.*Oklahoma City\), 338\.1 km away/);
    expect(text).toMatch(/basis +district:/);
    expect(text).toMatch(/\(1 SMS, \d+ of 160 characters\)\n.* {2}│ ALERTA/s);
    expect(text).toContain('Subject: ALERTA');
    expect(text).toMatch(/ministry +sent/);
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('tells a drill in English as one', async () => {
    const text = await told({ language: 'en', drill: true, place: 'San Juan, Puerto Rico' });
    expect(text).toContain('She presses (a drill): San Juan, Puerto Rico');
    expect(text).toContain('│ DRILL of Maria');
    expect(text).toContain('state raised, a drill');
    expect(text).toMatch(/The office that would have been told ─+\n\n.*Consulado General de México en San Juan/);
    expect(text).not.toMatch(/ms {2}(consulate|ministry)/);
  });
});

it('tells of an appointment: a reminder, no OK, the alert, an officer', async () => {
  const text = await told({ language: 'es', drill: false, place: 'houston' }, appointmentStory);
  expect(text).toMatch(
    /her phone is reminded.*herself, \+1\d+ \(1 SMS, .*no OK came.*ALERTA: NO LLEGÓ EL OK PROMETIDO/s,
  );
  expect(text).toMatch(/Lic\. Rosa Diaz \(Houston\) ha tomado el caso/);
  expect(text).toMatch(/alert\.raised\.v1 +system\n.*alert\.acknowledged\.v1 +officer/);
  expect(text.split('\n').filter((line) => line.length > 100 && !line.includes('http'))).toEqual([]);
});

it('tells of a lawyer: asked, silent, the next one asked, who accepts; the family hears who, and the first too late', async () => {
  const text = await told({ language: 'es', drill: false, place: 'dodge city' }, lawyerStory);
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
}, 120_000);

describe('npm run demo -- --story offline', () => {
  it('tells of a press an hour late, of one move, and of nothing older', async () => {
    const text = await told({ language: 'es', drill: false, place: 'los angeles' }, offlineStory);
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
    const text = await told({ language: 'es', drill: false, place: 'los angeles' }, forcedStory);
    expect(text.match(/the alert is closed/g)).toHaveLength(2);
    expect(text).toContain('BAJO COACCIÓN');
    expect(text).toMatch(/Recado: cuando pueda hablar a solas, llame al/);
    expect(text).toContain('show the same');
  });
});

describe('the place of the demo', () => {
  it('is found without accents and capitals, with or without its state', () => {
    expect(choosePlace('chicago', undefined).name).toBe('Chicago, Illinois');
    expect(choosePlace('HAGATNA, guam', undefined).name).toBe('Hagåtña, Guam');
    expect(choosePlace(undefined, '-12.05, -77.04')).toMatchObject({ latitude: -12.05, longitude: -77.04 });
  });

  it('is refused with what to type instead', () => {
    expect(() => choosePlace('Nowhere', undefined)).toThrow(/Dodge City, Kansas; .*--at LATITUDE,LONGITUDE/);
    for (const at of ['91,0', '0,181', '1', '1,2,3', 'a,b', '']) {
      expect(() => choosePlace(undefined, at)).toThrow('--at takes');
    }
  });
});

it('tells of a raid: what each mailbox got, one incident, and the list before and after one bulk take', async () => {
  const text = await told({ language: 'es', drill: false, place: 'Los Angeles, California' }, raidOf([3, 2, 1]));
  expect(text).toMatch(/ALERTA: .* - \S+ alerta cerca de Los Angeles - /);
  expect(text).toMatch(/duty@los-angeles\S+ +alert\.raised\.v1 +\d+/);
  expect(text).toContain('6 cases: 6 untaken, 0 here, 0 with others; 1 incident');
  expect(text).toContain('6 cases: 0 untaken, 6 here, 0 with others; 1 incident');
  expect(text.match(/acknowledged .*Lic\. Rosa Díaz \(seen\)/g)).toHaveLength(6);
  expect(text.split('\n').filter((line) => line.length > 100 && !line.includes('http'))).toEqual([]);
}, 180_000);

it('tells of a case that is given away: nothing to the family until somebody takes it', async () => {
  const text = await told({ language: 'es', drill: false, place: 'Los Angeles, California' }, handOverStory);
  const [, waiting = '', taken = ''] = text.split(/── .*(?:is given to el-paso|an officer at el-paso takes it)/);
  expect(waiting).not.toContain('sms to José');
  expect(taken).toContain('ahora atiende el caso una persona en el consulado de El Paso');
  expect(text).toContain('receiver-has-acted');
  expect(text.replaceAll(/\n {2}│ /g, ' ')).toContain('ahora lo lleva la Cancilleria de México');
}, 180_000);

it('tells of silence, minute by minute', async () => {
  const text = await told({ language: 'es', drill: false, place: 'Los Angeles, California' }, silenceOf(3));
  expect(text).toMatch(/family +[34] messages +minutes 0, 5, 15, 12[01]/);
  expect(text).toMatch(/ministry +6 messages +minutes 0, 5, 15, 30, 60, 180/);
}, 180_000);
