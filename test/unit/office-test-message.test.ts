import { expect, it } from 'vitest';
import { createHandler } from '../../functions/send-drill/handler.ts';
import { alertRaisedSchema } from '../../shared/contracts/announcement-whole.ts';
import { consulates } from '../../shared/data/consulates.ts';
import { composeOfficeTest } from '../../shared/telling/compose-office-test.ts';
import { countParts } from '../../shared/words/gsm0338.ts';
import { desk, losAngeles } from '../support/message-facts.ts';

const test = { testId: '3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611', desk, now: new Date('2026-11-22T22:32:10.000Z') };
const office = { kind: 'consulate', consulate: losAngeles } as const;

it('a test reads as a drill to people', () => {
  const { subject, bodies } = composeOfficeTest(office, test);
  expect(`${subject}\n\n${bodies.email}\n\n${bodies.sms}`).toMatchInlineSnapshot(`
    "SIMULACRO: prueba de mensajes para Los Angeles - 22 nov 14:32 PST

    SIMULACRO: ES UN ENSAYO, NO HAY NINGUNA DETENCIÓN
    In English: this is a drill. Nobody is detained.

    PRUEBA DE MENSAJES
    El operador del Botón de Alerta envió esta prueba a Consulado General de México en Los Ángeles el 22 de noviembre de 2026, 14:32 PST (2026-11-22 22:32 UTC).
    No hay persona, familia ni caso. Las alertas reales llegan a esta misma dirección y su asunto empieza por ALERTA.

    QUÉ SE PIDE
    Comprueben que este mensaje llegó a quien está de guardia y avísenlo al operador. No respondan a este correo: nadie lo lee.

    Prueba 3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611

    SIMULACRO, no es real: prueba de mensajes para Los Angeles, 22 nov 14:32 PST. No hay ningun caso."
  `);
});

it('a test is a press in a drill for machines, of nobody, without a page', () => {
  const { bodies, attributes } = composeOfficeTest(office, test);
  expect(Object.keys(bodies)).toEqual(['default', 'sms', 'email']);
  expect(attributes).toEqual({ type: 'alert.raised.v1', drill: 'true', consulateId: 'los-angeles' });
  const document = alertRaisedSchema.parse(JSON.parse(bodies.default));
  expect(document).toMatchObject({
    status: 'Exercise',
    msgType: 'Alert',
    addresses: ['los-angeles'],
    familyId: '00000000-0000-0000-0000-000000000000',
    alertId: test.testId,
    person: { name: 'Persona ficticia', phone: null },
    contacts: [],
    position: null,
  });
  expect(document.info.headline).toMatch(/^SIMULACRO: /);
  expect(document.info).not.toHaveProperty('web');
  const { attributes: ofMinistry, bodies: toMinistry } = composeOfficeTest({ kind: 'ministry' }, test);
  expect(ofMinistry['consulateId']).toBe('ministry');
  expect(alertRaisedSchema.parse(JSON.parse(toMinistry.default)).consulate.basis).toBe('ministry');
});

it('a test fits SNS for every office', () => {
  for (const consulate of consulates) {
    const { subject, bodies } = composeOfficeTest({ kind: 'consulate', consulate }, test);
    expect(subject).toMatch(/^SIMULACRO: prueba de mensajes para [ -~]+$/);
    expect(subject.length).toBeLessThan(100);
    expect(countParts(bodies.sms!)).toBeLessThanOrEqual(2);
  }
});

it('the function sends drills and nothing else, one office’s fault apart from the others', async () => {
  const published: string[] = [];
  const handler = createHandler({
    channel: {
      send: async ({ officeId }) => {
        published.push(officeId);
        if (officeId === 'los-angeles') throw new Error('KMS');
        return officeId === 'ministry' ? { kind: 'no-topic' } : { kind: 'accepted', reached: 0 };
      },
    },
    drills: { raise: async () => expect.unreachable('no case') },
    consulateById: (id) => (id === 'nowhere' ? undefined : { ...losAngeles, id }),
    desk,
    newId: () => test.testId,
    now: () => test.now,
  });
  const context = { awsRequestId: 'request' };
  await expect(handler({ offices: ['los-angeles', 'nowhere', 'ministry', 'boise'] }, context)).resolves.toEqual({
    sent: [
      { office: 'los-angeles', outcome: 'failed' },
      { office: 'nowhere', outcome: 'no-such-office' },
      { office: 'ministry', outcome: 'no-topic' },
      { office: 'boise', outcome: 'accepted' },
    ],
  });
  expect(published).toEqual(['los-angeles', 'ministry', 'boise']);
  for (const event of [undefined, {}, { offices: [] }, { offices: ['boise; a text'] }, { offices: 'boise' }]) {
    await expect(handler(event, context)).rejects.toThrow();
  }
});
