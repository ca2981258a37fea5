import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { announcementJsonSchema, announcementSchema } from '../../shared/contracts/announcement.ts';
import { composeRaisedForAuthority } from '../../shared/messages/compose-raised-for-authority.ts';
import { authorityFacts, losAngeles, press } from '../support/message-facts.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../shared/contracts/${file}`, import.meta.url));

const read = (file: string): unknown =>
  existsSync(pathOf(file)) ? JSON.parse(readFileSync(pathOf(file), 'utf8')) : {};

/**
 * What has to stand in a committed file: its own text while the value is right, however it is formatted.
 * `npx vitest run --project unit announcement-contract -u && npm run format` renews the schema and the examples.
 */
const textOf = (file: string, value: unknown): string =>
  isDeepStrictEqual(read(file), value) ? readFileSync(pathOf(file), 'utf8') : `${JSON.stringify(value, null, 2)}\n`;

const composed = (drill: boolean): unknown =>
  JSON.parse(
    composeRaisedForAuthority(
      { kind: 'consulate', consulate: losAngeles },
      { ...authorityFacts, alert: { ...press, drill } },
    ).bodies.default,
  );

describe('the document for offices', () => {
  it('has a JSON Schema file that is current', async () => {
    const file = 'announcement.schema.json';
    const schema: unknown = JSON.parse(JSON.stringify(announcementJsonSchema()));
    await expect(textOf(file, schema)).toMatchFileSnapshot(pathOf(file));
  });

  it.each([
    ['examples/alert.raised.v1.actual.json', false, 'Actual'],
    ['examples/alert.raised.v1.exercise.json', true, 'Exercise'],
  ] as const)('%s is what we send, and valid', async (file, drill, status) => {
    const example = composed(drill);
    await expect(textOf(file, example)).toMatchFileSnapshot(pathOf(file));
    expect(announcementSchema.parse(example)).toEqual(example);
    expect(example).toMatchObject({ status, msgType: 'Alert', type: 'alert.raised.v1' });
  });

  it('is refused with a position off the globe, a time without a zone, or without authorisation', () => {
    const document = composed(false) as Record<string, object>;
    for (const wrong of [
      { position: { ...document['position'], latitude: 91 } },
      { raisedAt: '2026-11-22 22:32' },
      { consent: { ...document['consent'], consularNotification: false } },
    ]) {
      expect(announcementSchema.safeParse({ ...document, ...wrong }).success).toBe(false);
    }
  });
});
