import { afterAll, describe, expect, it } from 'vitest';
import { appointmentStory } from '../../infra/local/demo/appointment-story.ts';
import { choosePlace } from '../../infra/local/demo/places.ts';
import { pressStory } from '../../infra/local/demo/press-story.ts';
import { startStack } from '../support/local-stack.ts';
import { toldBy } from '../support/told-by.ts';

const running = await startStack();
afterAll(running.close);

describe('npm run demo', () => {
  it('tells who received what, after how many milliseconds, and which office was chosen', async () => {
    const text = await toldBy(running, { language: 'es', drill: false, place: 'dodge city' }, pressStory);
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
    const text = await toldBy(running, { language: 'en', drill: true, place: 'San Juan, Puerto Rico' }, pressStory);
    expect(text).toContain('She presses (a drill): San Juan, Puerto Rico');
    expect(text).toContain('│ DRILL of Maria');
    expect(text).toContain('state raised, a drill');
    expect(text).toMatch(/The office that would have been told ─+\n\n.*Consulado General de México en San Juan/);
    expect(text).not.toMatch(/ms {2}(consulate|ministry)/);
  });
});

it('tells of an appointment: a reminder, no OK, the alert, an officer', async () => {
  const text = await toldBy(running, { language: 'es', drill: false, place: 'houston' }, appointmentStory);
  expect(text).toMatch(
    /her phone is reminded.*herself, \+1\d+ \(1 SMS, .*no OK came.*ALERTA: NO LLEGÓ EL OK PROMETIDO/s,
  );
  expect(text).toMatch(/Lic\. Rosa Diaz \(Houston\) ha tomado el caso/);
  expect(text).toMatch(/alert\.raised\.v1 +system\n.*alert\.acknowledged\.v1 +officer/);
  expect(text.split('\n').filter((line) => line.length > 100 && !line.includes('http'))).toEqual([]);
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
