import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { digestJsonSchema, digestSchema } from '../../shared/contracts/digest.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { casesADigest } from '../../shared/domain/limits.ts';
import { type DigestCase, composeDigest, digestRow } from '../../shared/telling/compose-digest.ts';
import { countParts } from '../../shared/words/gsm0338.ts';
import { formattedJson } from '../support/formatted-json.ts';
import { caseEvents, desk, familyOf, losAngeles, press } from '../support/message-facts.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../shared/contracts/${file}`, import.meta.url));
const consulateById = (id: string) => (id === losAngeles.id ? losAngeles : undefined);
const inCharge = { id: 'los-angeles', distanceMeters: 3214, basis: 'location' } as const;

type Given = Partial<Omit<DigestCase, 'alert'>> & { readonly alert?: Partial<Alert>; readonly name?: string };

const aCase = ({ name, alert, ...given }: Given = {}): DigestCase => ({
  alert: { ...press, consulate: inCharge, ...alert },
  family: familyOf(name === undefined ? {} : { name }),
  press: given.events === undefined,
  events: [],
  link: 'https://alerta.example.mx/c/9hK2mPqRsTuVwXyZ123456',
  ...given,
});

const write = (cases: readonly DigestCase[], drill = false) =>
  composeDigest(
    { kind: 'consulate', consulate: losAngeles },
    cases.map((one) => digestRow(one, { consulateById, desk, officeMeters: () => 0 })),
    { drill, digestId: '0b4f7f0e-5a3c-4c55-8a39-7f0a6f8f2c11', now: new Date('2026-11-22T22:33:00.000Z') },
  );

const three = [
  aCase({ name: 'Luis Pérez Soto' }),
  aCase({ name: 'Rosa Íñiguez', alert: { state: 'acknowledged' }, events: [caseEvents['acknowledged']] }),
  aCase({
    name: 'Ana López García',
    alert: { duress: true },
    press: true,
    events: [caseEvents['cancelled under duress']],
  }),
];

describe('a digest', () => {
  it('reads as a duty officer has to read it at night', () => {
    const { subject, bodies, attributes } = write(three);
    expect(attributes).toEqual({ type: 'cases.digest.v1', drill: 'false', consulateId: 'los-angeles' });
    expect([subject, bodies.sms, bodies.email].join('\n\n')).toMatchSnapshot();
  });

  it('has who is forced on a drill at its head, and a case that was pressed again among those that nobody has', () => {
    const drilled = { kind: 'duress-drill', promisedAt: press.raisedAt } as const;
    const { subject, bodies } = write([
      aCase({ name: 'Luis Pérez Soto', alert: { state: 'acknowledged' } }),
      aCase({ name: 'Rosa Íñiguez', alert: { state: 'acknowledged', untakenSince: press.raisedAt } }),
      aCase({ name: 'Ana López García', alert: { origin: drilled } }),
    ]);
    const parts = bodies.email?.split('\n').filter((line) => /^(?:\d\. |[A-Z ]+.*\(1\)$)/.test(line)) ?? [];
    expect(parts.map((line) => line.replace(/ \|.*/, ''))).toEqual([
      expect.stringContaining('COACCIÓN'),
      '1. Ana López García',
      'NADIE LOS HA TOMADO (1)',
      '2. Rosa Íñiguez',
      expect.any(String),
      '3. Luis Pérez Soto',
    ]);
    expect(subject).toContain('1 BAJO COACCION');
  });

  it('begins with the link to the list, and has a line with a link for each, those who are forced first', () => {
    const { subject, bodies } = write(three);
    const lines = bodies.email?.split('\n') ?? [];
    expect(lines[1]).toBe('https://alerta.example.mx/o/9hK2mPqRsTuVwXyZ123456');
    const rows = lines.filter((line) => /^\d+\. /.test(line));
    expect(rows.map((row) => /^\d+\. ([^|]+) \|/.exec(row)?.[1])).toEqual([
      'Ana López García',
      'Luis Pérez Soto',
      'Rosa Íñiguez',
    ]);
    expect(rows[0]).toMatch(/Se activó el Botón de Alerta; .*CANCELÓ BAJO COACCIÓN/);
    expect(lines.filter((line) => line.startsWith('   https://alerta.example.mx/c/'))).toHaveLength(3);
    expect(subject).toMatch(/^ALERTAS, 3 casos, 1 BAJO COACCION: Ana Lopez Garcia/);
  });

  it.each(Object.keys(caseEvents).filter((label) => !/noted|family (seen|on)/.test(label)))(
    'has one line for %s, without what people wrote as a note',
    (label) => {
      const { bodies } = write([aCase({ events: [caseEvents[label as keyof typeof caseEvents]] })]);
      const row = bodies.email?.split('\n').find((line) => line.startsWith('1. ')) ?? '';
      expect(row).toMatch(/^1\. Ana López García \| .*\d\d:\d\d.* \S.+ \| .+ \| folio \w{4}$/);
      expect(digestSchema.parse(JSON.parse(bodies.default)).cases[0]?.happened).toHaveLength(1);
    },
  );

  it('names the representative who accepted a case', () => {
    const { bodies } = write([aCase({ events: [caseEvents['representative accepted']] })]);
    const { name } = caseEvents['representative accepted'].by as { readonly name: string };
    expect(bodies.email).toContain(`Aceptó el caso como representante legal: ${name}`);
    expect(bodies.default).toContain(name);
  });

  it('says whose a case is, and who is nearer, where two offices were told', () => {
    const responsible = { ...inCharge, basis: 'district' } as const;
    const nearest = { id: 'santa-ana', distanceMeters: 1000, basis: 'location' } as const;
    const twoOffices = { responsible, nearest, source: 'a newspaper', asOf: null };
    const { email } = write([aCase({ alert: { consulate: responsible, twoOffices } })]).bodies;
    expect(email).toContain('| Los Angeles, a 3.2 km (circunscripción: Los Angeles; más cerca: santa-ana) |');
  });

  it('is marked as a drill, and leads to its own cases only', () => {
    const { subject, bodies, attributes } = write([aCase({ alert: { drill: true } })], true);
    expect(attributes['drill']).toBe('true');
    expect(subject).toMatch(/^SIMULACRO, 1 caso: /);
    expect(bodies.sms).toMatch(/^SIMULACRO/);
    expect(bodies.email).toMatch(/^SIMULACRO/);
    expect(bodies.email).not.toContain('/o/');
    expect(JSON.parse(bodies.default)).toMatchObject({ status: 'Exercise' });
  });

  it.each([1, 2, 3, 25, casesADigest])(
    'of %i cases is an SMS of two parts, and has a subject that SNS takes',
    (count) => {
      const longest = `${'Wolfeschlegelsteinhausen '.repeat(3)}Ñúñez`;
      const events = [caseEvents['escalated, not acknowledged'], caseEvents['cancelled under duress']];
      const link = `https://${'a'.repeat(70)}.mx/c/9hK2mPqRsTuVwXyZ123456`;
      const cases = Array.from({ length: count }, () => aCase({ name: longest, press: true, events, link }));
      const { subject, bodies } = write(cases);
      expect(countParts(bodies.sms ?? '')).toBeLessThanOrEqual(2);
      expect(bodies.sms).toContain(link.replace('/c/', '/o/'));
      expect(bodies.sms).toContain(count === 1 ? '1 caso' : `${count} casos`);
      expect(subject.length).toBeLessThan(100);
    },
  );

  it('says in its first word whether somebody waits', () => {
    const taken = aCase({ alert: { state: 'acknowledged' }, events: [caseEvents['acknowledged']] });
    expect(write([taken]).subject).toMatch(/^Novedades, 1 caso: /);
    expect(write([taken, aCase()]).subject).toMatch(/^ALERTAS, 2 casos: /);
  });

  it('of fifty cases is far below what SNS takes', () => {
    const cases = Array.from({ length: 50 }, () => aCase({ events: [caseEvents['escalated, not acknowledged']] }));
    expect(Buffer.byteLength(JSON.stringify(write(cases).bodies))).toBeLessThan(262_144 / 4);
  });

  it('names a person whose name has no letter for an SMS', () => {
    expect(write([aCase({ name: '李明' })]).bodies.sms).toMatch(/1 caso: \p{L}/u);
  });

  // `npx vitest run --project fast messages-digest -u` renews the schema and the example.
  it('has a JSON Schema file and an example that are current', async () => {
    const schema: unknown = JSON.parse(JSON.stringify(digestJsonSchema()));
    await expect(await formattedJson(schema)).toMatchFileSnapshot(pathOf('digest.schema.json'));
    const example: unknown = JSON.parse(write(three).bodies.default);
    await expect(await formattedJson(example)).toMatchFileSnapshot(pathOf('digest.example.json'));
    expect(digestSchema.parse(example)).toEqual(example);
  });
});
