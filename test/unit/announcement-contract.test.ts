import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { announcementJsonSchema, announcementSchema } from '../../shared/contracts/announcement.ts';
import { composeRaisedForAuthority } from '../../shared/telling/compose-raised-for-authority.ts';
import { composeCaseEventForAuthority } from '../../shared/telling/compose-case-event-for-authority.ts';
import { formattedJson } from '../support/formatted-json.ts';
import { authorityFacts, caseEvents, caseFacts, losAngeles, press } from '../support/message-facts.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../shared/contracts/${file}`, import.meta.url));

const read = (file: string): unknown => JSON.parse(readFileSync(pathOf(file), 'utf8'));

const composed = (drill: boolean): unknown =>
  JSON.parse(
    composeRaisedForAuthority(
      { kind: 'consulate', consulate: losAngeles },
      { ...authorityFacts, alert: { ...press, drill }, link: 'https://alerta.example.mx/c/example' },
    ).bodies.default,
  );

// `npx vitest run --project fast announcement-contract -u` renews the schema and the examples.
describe('the document for offices', () => {
  it('has a JSON Schema file that is current', async () => {
    const file = 'announcement.schema.json';
    const schema: unknown = JSON.parse(JSON.stringify(announcementJsonSchema()));
    await expect(await formattedJson(schema)).toMatchFileSnapshot(pathOf(file));
  });

  it.each([
    ['examples/alert.raised.v1.actual.json', false, 'Actual'],
    ['examples/alert.raised.v1.exercise.json', true, 'Exercise'],
  ] as const)('%s is what we send, and valid', async (file, drill, status) => {
    const example = composed(drill);
    await expect(await formattedJson(example)).toMatchFileSnapshot(pathOf(file));
    expect(announcementSchema.parse(example)).toEqual(example);
    expect(example).toMatchObject({ status, msgType: 'Alert', type: 'alert.raised.v1' });
  });

  it('alert.raised.v1.two-offices.json is what we send where another than the nearest is responsible, and valid', async () => {
    const { position: _position, ...pressed } = press;
    const responsible = { id: 'los-angeles', distanceMeters: 79_863, basis: 'district' } as const;
    const nearest = { id: 'santa-ana', distanceMeters: 61_811, basis: 'location' } as const;
    const position = { latitude: 33.3428, longitude: -118.3278 };
    const twoOffices = { responsible, nearest, source: 'consulados.us', asOf: '2023-06' };
    const facts = { ...authorityFacts, assigned: responsible, alert: { ...pressed, position, twoOffices } };
    const { bodies } = composeRaisedForAuthority({ kind: 'consulate', consulate: losAngeles }, facts);
    const example: unknown = JSON.parse(bodies.default);
    await expect(await formattedJson(example)).toMatchFileSnapshot(pathOf('examples/alert.raised.v1.two-offices.json'));
    expect(announcementSchema.parse(example)).toEqual(example);
    expect(example).toMatchObject({ consulate: { basis: 'district' }, nearest: { id: 'santa-ana' } });
  });

  it.each([
    ['alert.located.v1', 'handed over', 'Update'],
    ['alert.hand-over-asked.v1', 'hand-over asked', 'Update'],
    ['alert.hand-over-unanswered.v1', 'hand-over unanswered', 'Update'],
    ['alert.hand-over-ended.v1', 'hand-over taken back', 'Update'],
    ['alert.position-moved.v1', 'moved', 'Update'],
    ['alert.acknowledged.v1', 'acknowledged', 'Update'],
    ['alert.lapsed.v1', 'lapsed', 'Update'],
    ['alert.escalated.v1', 'escalated, not acknowledged', 'Update'],
    ['alert.pressed-again.v1', 'pressed again', 'Update'],
    ['alert.silent.v1', 'silent', 'Update'],
    ['alert.unattended.v1', 'unattended', 'Update'],
    ['alert.state-changed.v1', 'located', 'Update'],
    ['alert.representative-assigned.v1', 'representative', 'Update'],
    ['representative.unanswered.v1', 'representative unanswered', 'Update'],
    ['representative.done.v1', 'representative done', 'Update'],
    ['alert.family-unreachable.v1', 'family unreachable', 'Update'],
    ['alert.cancelled.v1', 'cancelled', 'Cancel'],
    ['alert.cancelled-under-duress.v1', 'cancelled under duress', 'Update'],
    ['family.forced.v1', 'forced', 'Update'],
    ['alert.closed.v1', 'closed: released', 'Update'],
    ['alert.reopened.v1', 'reopened', 'Update'],
  ] as const)('of %s is what the example shows, and valid', async (type, label, msgType) => {
    const file = `examples/${type}.json`;
    const event = caseEvents[label];
    const facts = caseFacts(event, { link: 'https://alerta.example.mx/c/example' });
    const alert = { ...facts.alert, ...(type === 'alert.cancelled-under-duress.v1' && { duress: true as const }) };
    const send = (changes: Partial<typeof facts> = {}): unknown =>
      JSON.parse(composeCaseEventForAuthority({ kind: 'ministry' }, { ...facts, alert, ...changes }).bodies.default);
    const example = send();
    await expect(await formattedJson(example)).toMatchFileSnapshot(pathOf(file));
    expect(announcementSchema.parse(example)).toEqual(example);
    const raised = composed(false) as { identifier: string };
    expect(example).toMatchObject({ type, msgType, status: 'Actual', references: [raised.identifier] });
    expect(send({ now: new Date('2027-01-01') })).toEqual({ ...(example as object), sent: '2027-01-01T00:00:00.000Z' });
    expect(send({ alert: { ...alert, drill: true } })).toMatchObject({ status: 'Exercise' });
  });

  it('has an example of every type', () => {
    for (const { shape } of announcementSchema.options) {
      const { value } = shape.type;
      const file = value === 'alert.raised.v1' ? `${value}.actual` : value;
      expect(existsSync(pathOf(`examples/${file}.json`))).toBe(true);
    }
  });

  // What a consulate's own system programs against: docs/consulates.md.
  it.each(announcementSchema.options.map(({ shape }) => shape.type.value))(
    'of %s has what a system needs: which case, which event, when, in what state, and the link to act',
    (type) => {
      const example = announcementSchema.parse(
        read(`examples/${type === 'alert.raised.v1' ? `${type}.actual` : type}.json`),
      );
      const { alertId, familyId, identifier, info } = example;
      expect(example.caseId).toBe(`${familyId}.${alertId}`);
      expect(identifier).toContain(`/${familyId}/${alertId}/`);
      expect(Date.parse(example.at)).toBeLessThanOrEqual(Date.parse(example.sent));
      expect(example.state).toMatch(/^[a-z-]+$/);
      expect(example.underDuress).toBe(/forced|under-duress/.test(type));
      expect(info.web).toMatch(/^https:\/\/[^/]+\/c\/\w+$/);
      expect('references' in example).toBe(type !== 'alert.raised.v1');
    },
  );

  it('of a press that is repeated after a forced cancellation says so, and still when it was pressed', () => {
    const { bodies } = composeRaisedForAuthority(
      { kind: 'ministry' },
      { ...authorityFacts, alert: { ...press, duress: true } },
    );
    const document = announcementSchema.parse(JSON.parse(bodies.default));
    expect(document).toMatchObject({ underDuress: true, state: 'raised', at: new Date(press.raisedAt).toISOString() });
  });

  it('may grow: readers of version 1 take a later minor version and members that they do not know', () => {
    const grown = { ...(composed(false) as object), specVersion: '1.7', weather: 'rain' };
    expect(announcementSchema.safeParse(grown).success).toBe(true);
    expect(announcementSchema.safeParse({ ...grown, specVersion: '2.0' }).success).toBe(false);
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
