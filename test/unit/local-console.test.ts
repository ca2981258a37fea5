import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import { countParts, countSeptets, foldToGsm } from '../../shared/words/gsm0338.ts';
import { anyCodePoint } from '../support/any-code-point.ts';

const file = (name: string): URL => new URL(`../../infra/local/console/${name}`, import.meta.url);

/** The page is plain JavaScript; its modules without the DOM run here too. */
const load = async (name: string) => import(/* @vite-ignore */ file(name).href);

type Position = { latitude: number; longitude: number };

describe('the console’s map', async () => {
  const { offices, cities } = JSON.parse(await readFile(file('places.json'), 'utf8'));
  const { pointOf, positionAt, drawing } = await load('projection.js');

  test('has every open office where the data has it', () => {
    const tenThousandths = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;
    expect(offices).toEqual(
      openConsulates.map(({ id, city, state, latitude, longitude }) => ({
        id,
        city,
        state,
        latitude: tenThousandths(latitude),
        longitude: tenThousandths(longitude),
      })),
    );
  });

  test('shows every place, and a click on it means that place', () => {
    for (const { latitude, longitude } of [...offices, ...cities] as Position[]) {
      const point = pointOf({ latitude, longitude });
      const picked = positionAt(point);
      expect(picked.latitude).toBeCloseTo(latitude, 3);
      expect(picked.longitude).toBeCloseTo(longitude, 3);
    }
  });

  test('gives a position on Earth for any point, and shows none that it cannot place', () => {
    const inside = fc.record({
      x: fc.double({ min: 0, max: drawing.width, noNaN: true }),
      y: fc.double({ min: 0, max: drawing.height, noNaN: true }),
    });
    fc.assert(
      fc.property(inside, (point) => {
        const { latitude, longitude } = positionAt(point);
        expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
        expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
      }),
    );
    const mexicoCity = { latitude: 19.4326, longitude: -99.1332 };
    const sydney = { latitude: -33.8688, longitude: 151.2093 };
    expect([mexicoCity, sydney].map((place) => pointOf(place))).toEqual([undefined, undefined]);
  });
});

describe('the console’s count of SMS parts', async () => {
  const { smsSize } = await load('sms-size.js');

  test('is that of the messages’ own code for every text of the GSM alphabet', () => {
    const words = fc.array(fc.string({ unit: anyCodePoint, maxLength: 30 }), { maxLength: 30 });
    fc.assert(
      fc.property(words, (list) => {
        const text = foldToGsm(list.join(' '));
        expect(smsSize(text)).toMatchObject({ parts: countParts(text), used: countSeptets(text) });
      }),
    );
  });

  test('takes 70 characters a part for a letter outside it', () => {
    expect(smsSize('á'.repeat(70))).toEqual({ parts: 1, used: 70, room: 70 });
    expect(smsSize('á'.repeat(71)).parts).toBe(2);
  });
});

describe('the console’s timeline', async () => {
  const { timelineRows } = await load('timeline-rows.js');
  const sentAt = Date.parse('2026-11-22T20:30:00.000Z');
  const at = (after: number): string => new Date(sentAt + after).toISOString();
  const call = (after: number, name: string, operation: string, more = {}) => ({
    at: at(after),
    function: name,
    service: 'dynamodb',
    operation,
    outcome: 'ok',
    durationMs: 2,
    requestId: name,
    ...more,
  });
  const rows = (calls: object[], inbox: object[] = []) =>
    timelineRows({ sentAt, told: [{ after: 0, text: 'Presses', failed: false }] }, calls, inbox, () => 'José').map(
      ({ after, lane, text }: { after: number; lane: string; text: string }) => [after, lane, text],
    );

  test('tells press, calls and messages in order, equal calls of one invocation in one row', () => {
    const inbox = [{ at: at(9), protocol: 'sms', endpoint: '+12135550100' }];
    const calls = [
      call(-5, 'register-family', 'PutItem'),
      call(12, 'announce-to-authorities', 'Publish', { service: 'sns', outcome: 'Throttled' }),
      call(14, 'announce-to-authorities', 'Publish', { service: 'sns', outcome: 'Throttled' }),
      call(3, 'raise-alert', 'PutItem'),
    ];
    expect(rows(calls, inbox)).toEqual([
      [0, 'phone', 'Presses'],
      [3, 'raise-alert', 'Table PutItem'],
      [9, 'received', 'SMS → José'],
      [12, 'announce-to-authorities', 'SNS Publish ×2: Throttled'],
    ]);
  });

  test('leaves out the page’s own questions and a watchman who found nothing', () => {
    const idle = call(60_000, 'watchman', 'Query', { requestId: 'first minute' });
    const busy = call(120_000, 'watchman', 'Query', { requestId: 'second minute' });
    const publish = call(120_100, 'watchman', 'Publish', { requestId: 'second minute', service: 'sns' });
    expect(rows([call(1, 'answer-queries', 'GetItem'), idle, busy, publish])).toEqual([
      [0, 'phone', 'Presses'],
      [120_000, 'watchman', 'Table Query'],
      [120_100, 'watchman', 'SNS Publish'],
    ]);
  });
});
