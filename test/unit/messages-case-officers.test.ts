import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcementSchema } from '../../shared/contracts/announcement.ts';
import type { AuthorityRecipient } from '../../shared/telling/recipient.ts';
import { consulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { CaseMessageFacts } from '../../shared/telling/case-message.ts';
import { composeCaseEventForAuthority } from '../../shared/telling/compose-case-event-for-authority.ts';
import { countParts, countSeptets, isGsm } from '../../shared/words/gsm0338.ts';
import { anyName, names } from '../support/any-name.ts';
import {
  caseEvents,
  caseFacts,
  familyOf,
  links,
  losAngeles,
  phoenix,
  press,
  santaAna,
} from '../support/message-facts.ts';

const ministry: AuthorityRecipient = { kind: 'ministry' };
const to = (consulate: typeof losAngeles): AuthorityRecipient => ({ kind: 'consulate', consulate });
const told = Object.entries<CaseEvent>(caseEvents);

/** The press after a day of work. */
const workedOn: Alert = {
  ...press,
  state: 'transferred',
  acknowledgedAt: '2026-11-22T22:41:00.000Z',
  acknowledgedBy: 'Laura Ruiz Peña',
  facility: 'Adelanto ICE Processing Center',
  representative: {
    name: 'Laura Pérez Díaz',
    phone: '+12135550188',
    assignedAt: '2026-11-23T16:10:00.000Z',
    representativeId: 'a0000000-0000-4000-8000-000000000000',
  },
  toldConsulates: ['los-angeles', 'santa-ana'],
};

const factsOf = (event: CaseEvent, changes: Partial<CaseMessageFacts> = {}): CaseMessageFacts =>
  caseFacts(event, { link: links.short.office, ...changes });

const underDuress = (event: CaseEvent): CaseMessageFacts => {
  const facts = factsOf(event);
  return { ...facts, alert: { ...facts.alert, duress: true, toldConsulates: ['los-angeles', 'santa-ana'] } };
};

/** Their emails differ from another one's in a word: the SMS show it. */
const alike = new Set([
  'located, a first office',
  'acknowledged by the ministry',
  'locating',
  'in contact',
  'transferred',
  'closed: safe',
  'closed: repatriated',
  'closed: false-alarm',
  'closed: cancelled',
  'closed: drill',
  'closed: other',
]);

const shown = ({ subject, bodies }: ReturnType<typeof composeCaseEventForAuthority>) =>
  `${subject}\n\n${bodies.email}\n`;

describe('messages of the case to offices and the ministry', () => {
  it('read as kept in the snapshot, SMS', async () => {
    const line = (label: string, facts: CaseMessageFacts, recipient: AuthorityRecipient = ministry) => {
      const { sms = '' } = composeCaseEventForAuthority(recipient, facts).bodies;
      return `${label}\n[${countParts(sms)} part(s), ${countSeptets(sms)} septets] ${sms}\n`;
    };
    const drill = (event: CaseEvent) => {
      const facts = factsOf({ ...event, drill: true });
      return { ...facts, alert: { ...facts.alert, drill: true } };
    };
    const lines = [
      ...told.map(([label, event]) => line(label, factsOf(event))),
      line('handed over, to the new office', factsOf(caseEvents['hand-over asked']), to(phoenix)),
      line('located by a position, to the new office', factsOf(caseEvents['located by a position']), to(santaAna)),
      line('acknowledged, after duress', underDuress(caseEvents.acknowledged)),
      line('acknowledged, drill', drill(caseEvents.acknowledged)),
      line('escalated, drill', drill(caseEvents['escalated, not acknowledged'])),
      line('closed, long name', factsOf(caseEvents['closed: safe'], { family: familyOf({ name: names.long }) })),
    ];
    await expect(lines.join('\n')).toMatchFileSnapshot('./__snapshots__/case-sms-officers.txt');
  });

  it('read as kept in the snapshot, email: events whose readers have the case', async () => {
    const short = told.filter(
      ([label]) => !/^(?:escalated|cancelled under duress|forced)/.test(label) && !alike.has(label),
    );
    const emails = [...short.map(([, event]) => factsOf(event)), underDuress(caseEvents.acknowledged)].map((facts) =>
      shown(composeCaseEventForAuthority(ministry, facts)),
    );
    await expect(emails.join(`\n${'='.repeat(80)}\n`)).toMatchFileSnapshot('./__snapshots__/case-email-officers.txt');
  });

  it('read as kept in the snapshot, email: events that bring the whole case', async () => {
    const emails = [
      composeCaseEventForAuthority(to(santaAna), factsOf(caseEvents['escalated, office unreachable'])),
      composeCaseEventForAuthority(to(santaAna), factsOf(caseEvents['escalated, not acknowledged'])),
      composeCaseEventForAuthority(ministry, factsOf(caseEvents['escalated, not acknowledged'])),
      composeCaseEventForAuthority(ministry, factsOf(caseEvents['escalated to the ministry'])),
      composeCaseEventForAuthority(ministry, factsOf(caseEvents.silent)),
      composeCaseEventForAuthority(to(losAngeles), factsOf(caseEvents.unattended)),
      composeCaseEventForAuthority(to(santaAna), factsOf(caseEvents['located by a position'])),
      composeCaseEventForAuthority(to(phoenix), {
        ...factsOf(caseEvents['hand-over asked']),
        alert: workedOn,
      }),
      composeCaseEventForAuthority(to(losAngeles), underDuress(caseEvents['cancelled under duress'])),
    ].map(shown);
    await expect(emails.join(`\n${'='.repeat(80)}\n`)).toMatchFileSnapshot('./__snapshots__/case-email-whole.txt');
  });

  it('leave no value of their templates unfilled, under duress as well, and then say whom to call', () => {
    const trusted = {
      contactId: 'c3',
      name: 'Marta',
      channel: 'sms',
      endpoint: '+12135550109',
      trusted: true,
    } as const;
    const withTrusted = { ...familyOf(), contacts: [...familyOf().contacts, trusted] };
    for (const recipient of [ministry, to(losAngeles), to(santaAna), to(phoenix)]) {
      for (const [label, event] of told) {
        const forced = { ...underDuress(event), family: withTrusted };
        for (const facts of [factsOf(event), forced]) {
          const { subject, bodies } = composeCaseEventForAuthority(recipient, facts);
          const texts = [subject, bodies.sms, bodies.email].join('\n');
          expect([label, texts.match(/\{\w*\}/g)]).toEqual([label, null]);
        }
      }
    }
    const newToIt = ['escalated, not acknowledged', 'located by a position', 'cancelled under duress'] as const;
    for (const label of newToIt) {
      const forced = { ...underDuress(caseEvents[label]), family: withTrusted };
      expect(composeCaseEventForAuthority(to(santaAna), forced).bodies.email).toContain('Llamen solo a Marta');
    }
  });

  it('say of a representative who accepted that they did, and of another who named them', () => {
    const { subject, bodies } = composeCaseEventForAuthority(ministry, factsOf(caseEvents['representative accepted']));
    expect(subject).toContain('que acepto el caso');
    expect(bodies.email).toContain('Aceptó el caso que se le ofreció: ');
    expect(bodies.email).not.toContain('Asignó');
    expect(composeCaseEventForAuthority(ministry, factsOf(caseEvents.representative)).bodies.email).toContain(
      'Asignó ',
    );
  });

  it('take one part with an ordinary name and a short link, unless they say everything again', () => {
    const long = told
      .filter(([label]) => !/^(?:escalated|cancelled under duress|forced)/.test(label))
      .map(([label, event]) => [label, composeCaseEventForAuthority(ministry, factsOf(event)).bodies.sms!])
      .filter(([, sms]) => countParts(sms!) > 1);
    expect(long).toEqual([]);
  });

  it('are in GSM 03.38, take two parts at the most and hold the whole link, whatever the names', () => {
    fc.assert(
      fc.property(
        anyName,
        anyName,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(links.short.office, links.long.office),
        fc.constantFrom(ministry, to(losAngeles), to(santaAna), to(phoenix)),
        (name, officer, drill, late, link, recipient) => {
          for (const [, each] of told) {
            const event: CaseEvent =
              each.type === 'alert.acknowledged.v1'
                ? { ...each, officer }
                : each.type === 'alert.representative-assigned.v1'
                  ? { ...each, name: officer }
                  : each;
            const facts = factsOf(event, { family: familyOf({ name }), link });
            const alert = {
              ...facts.alert,
              drill,
              ...(late && { pressedAt: '2026-11-21T21:05:00.000Z' }),
            };
            const { subject, bodies } = composeCaseEventForAuthority(recipient, { ...facts, alert });
            const { sms = '', email = '' } = bodies;
            expect(isGsm(sms)).toBe(true);
            expect(countParts(sms)).toBeLessThanOrEqual(2);
            expect(sms.endsWith(` ${link}`)).toBe(true);
            expect(email).toMatch(/^(?:SIMULACRO\. )?(?:TOME EL CASO AQUÍ|Página del caso): /);
            expect(email.split('\n').slice(0, 2).join()).toContain(link);
            expect(email.trimEnd().endsWith(`Alerta ${press.alertId}`)).toBe(true);
            expect(subject).toMatch(/^[A-Za-z0-9][\x20-\x7e]{0,98}$/);
            expect([subject, sms, email].every((text) => text.startsWith('SIMULACRO'))).toBe(drill);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('fit two parts however many offices were tried', () => {
    const triedConsulates = ['los-angeles', 'santa-ana', 'phoenix', 'ministry', 'los-angeles'];
    const event = { ...caseEvents['escalated, not acknowledged'], triedConsulates } as CaseEvent;
    const { sms = '', email } = composeCaseEventForAuthority(to(santaAna), factsOf(event)).bodies;
    expect(countParts(sms)).toBeLessThanOrEqual(2);
    expect(sms).toContain('Los Angeles, Santa Ana y 2 mas');
    expect(email).toContain('- Phoenix: ');
  });

  it('bring the whole case to whom it is new, and only to them', () => {
    for (const [recipient, event, whole] of [
      [to(santaAna), caseEvents['escalated, not acknowledged'], true],
      [to(phoenix), caseEvents['hand-over asked'], true],
      [to(losAngeles), caseEvents['hand-over asked'], false],
      [ministry, caseEvents['handed over'], false],
      [to(santaAna), caseEvents['cancelled under duress'], true],
      [ministry, caseEvents.acknowledged, false],
    ] as const) {
      const { email = '' } = composeCaseEventForAuthority(recipient, factsOf(event)).bodies;
      for (const fact of ['34.052200', 'art. 36(1)(b)', '+525555550122']) expect(email.includes(fact)).toBe(whole);
      expect(email).toContain('Ana López García');
    }
  });

  it('say who was told when, and since when nobody has acknowledged', () => {
    const facts = factsOf(caseEvents['escalated to the ministry']);
    const { sms, email } = composeCaseEventForAuthority(ministry, facts).bodies;
    expect(email).toContain('Nadie ha confirmado esta alerta en 15 min desde que se recibió.');
    expect(email).toContain(
      '- Los Angeles: 22 nov 14:32 PST, sin confirmar\n- Santa Ana: 22 nov 14:37 PST, sin confirmar',
    );
    expect(sms).toContain('Sin confirmar en 15 min: Los Angeles, Santa Ana.');
  });

  it('cannot be mistaken when the cancellation was forced, then and in every later message', () => {
    const first = composeCaseEventForAuthority(ministry, underDuress(caseEvents['cancelled under duress']));
    expect(first.subject).toMatch(/^BAJO COACCION, sigue abierta: Ana Lopez Garcia/);
    expect(first.bodies.sms).toMatch(
      /^BAJO COACCION cancelaron .* SIGUE ABIERTA.*NO llame ni escriba; solo a su contacto de confianza/,
    );
    expect(first.bodies.email).toMatch(/^CANCELADA BAJO COACCIÓN: EL CASO SIGUE ABIERTO\n/);
    expect(first.bodies.email).toContain('No hay contacto de confianza: no llamen ni escriban a nadie de la familia.');
    const facts = underDuress(caseEvents['cancelled under duress']);
    const contacts = facts.family.contacts.map((contact, index) => ({ ...contact, trusted: index === 0 }));
    const named = composeCaseEventForAuthority(ministry, { ...facts, family: { ...facts.family, contacts } });
    expect(named.bodies.email).toMatch(/Llamen solo a .*, su contacto de confianza/);
    expect(first.bodies.email).not.toContain('comuníquense con su familia');
    for (const [label, event] of told.filter(
      ([, { type }]) => type !== 'alert.cancelled-under-duress.v1' && type !== 'family.forced.v1',
    )) {
      const { email = '', default: body } = composeCaseEventForAuthority(ministry, underDuress(event)).bodies;
      expect([label, email.startsWith('CANCELADA BAJO COACCIÓN: ')]).toEqual([label, true]);
      expect(JSON.parse(body)).toMatchObject({ underDuress: true });
      expect(email).not.toMatch(/comuníquense con (?:su familia|la familia)|La familia recibe|la familia, que/i);
    }
  });

  it('begin with the link, to take what nobody has and to open what somebody has, and say who signed', () => {
    const first = (event: CaseEvent, alert: Partial<Alert>, recipient: AuthorityRecipient = to(losAngeles)) => {
      const facts = factsOf(event);
      const written = composeCaseEventForAuthority(recipient, {
        ...facts,
        alert: { ...facts.alert, ...alert },
        link: links.short.office,
      });
      return written.bodies.email?.split('\n')[0]?.replace(links.short.office, 'L');
    };
    expect(first(caseEvents.silent, { state: 'raised' })).toBe('TOME EL CASO AQUÍ: L');
    expect(first(caseEvents.silent, { state: 'raised' }, ministry)).toBe('Página del caso: L');
    expect(first(caseEvents.located, { state: 'located' })).toBe('Página del caso: L');
    expect(first(caseEvents.located, { state: 'located', drill: true })).toBe('SIMULACRO. Página del caso: L');
    const by = { kind: 'officer', officeId: 'los-angeles', name: 'Lic. Ana Pérez, guardia' } as const;
    const { email } = composeCaseEventForAuthority(ministry, factsOf({ ...caseEvents.located, by })).bodies;
    expect(email).toContain('Lo informa Lic. Ana Pérez, guardia (Los Angeles):');
  });

  it('keep the clock of the reader’s own office where the case tells none, whoever has it by then', () => {
    const facts = factsOf(caseEvents.located);
    const { position: _p, ...alert } = facts.alert;
    const nowhere = { ...facts, alert: { ...alert, consulate: { ...facts.assigned, id: 'phoenix' } as never } };
    const email = (recipient: AuthorityRecipient) =>
      composeCaseEventForAuthority(recipient, { ...nowhere, consulate: phoenix }).bodies.email ?? '';
    expect(email(to(losAngeles))).toMatch(/09:20 PST/);
    expect(email(to(phoenix))).toMatch(/10:20 MST/);
    expect(email(ministry)).toMatch(/09:20 PST/);
  });

  it('tell the ministry how to call a family whom no message reaches, and remind of it until one does', () => {
    const gap = caseEvents['family unreachable'];
    const { subject, bodies } = composeCaseEventForAuthority(ministry, factsOf(gap));
    expect(subject).toBe('Caso Ana Lopez Garcia: su familia no recibe los mensajes, 14:32 PST');
    expect(bodies.email).toContain('- María García Núñez: +525555550122\n- Pedro López: pedro@example.org');
    expect(bodies.email).not.toContain('A LA FAMILIA NO LE LLEGA');
    const unreachable = { status: 'unreachable' } as const;
    const later = (lastToFamily?: 'sent' | 'unreachable') => {
      const facts = factsOf(caseEvents['handed over']);
      const deliveries = { ...facts.alert.deliveries, family: unreachable };
      const alert = { ...facts.alert, deliveries, ...(lastToFamily && { lastToFamily }) };
      return [to(phoenix), ministry].map((each) =>
        composeCaseEventForAuthority(each, { ...facts, alert }).bodies.email?.includes('A LA FAMILIA NO LE LLEGA'),
      );
    };
    expect([later(), later('unreachable'), later('sent')]).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
  });

  it('tell an office that has the alert already who is in charge now, and not that it is', () => {
    const event = caseEvents['escalated, not acknowledged'];
    const [first = '', next = ''] = [losAngeles, santaAna].map(
      (office) => composeCaseEventForAuthority(to(office), factsOf(event)).bodies.email,
    );
    expect(next).toContain('Su oficina es la siguiente más cercana: desde ahora está a cargo.');
    expect(first).toContain(
      'Desde ahora está a cargo Santa Ana. Su oficina, que ya tiene esta alerta, también puede tomarla.',
    );
  });

  it('begin with the link that takes the case for the receiver of a hand-over, and name who gave it to whom', () => {
    const facts = factsOf(caseEvents['hand-over asked']);
    const handOver = { to: { id: 'phoenix', distanceMeters: 1, basis: 'great-circle' }, at: facts.event.at } as const;
    const waiting = { ...facts, alert: { ...workedOn, handOver } };
    expect(composeCaseEventForAuthority(to(phoenix), waiting).bodies.email).toMatch(/^TOME EL CASO AQUÍ: /);
    expect(composeCaseEventForAuthority(to(losAngeles), waiting).bodies.email).toMatch(/^Página del caso: /);
    const { email } = composeCaseEventForAuthority(
      ministry,
      factsOf(caseEvents['escalated, hand-over unanswered']),
    ).bodies;
    expect(email).toContain('Los Angeles entregó el caso a Phoenix, y en 30 minutos nadie ahí lo tomó.');
  });

  it('never call an office near that got the case by hand-over', () => {
    const facts = factsOf(caseEvents['cancelled under duress']);
    const assigned = { id: 'phoenix', distanceMeters: 574_000, basis: 'great-circle' } as const;
    const alert = { ...facts.alert, consulate: assigned, handedOver: true };
    const { email, default: body } = composeCaseEventForAuthority(to(phoenix), {
      ...facts,
      alert,
      assigned,
      consulate: phoenix,
    }).bodies;
    expect(email).toContain('Cómo se eligió: otra oficina le entregó el caso.');
    expect(email).not.toContain('la más cercana');
    expect(announcementSchema.parse(JSON.parse(body))).toMatchObject({
      consulate: { id: 'phoenix', basis: 'hand-over' },
    });
  });

  it('show the newest position that came', () => {
    const facts = factsOf(caseEvents['located by a position']);
    const lastPosition = { latitude: 33.7455, longitude: -117.8677, measuredAt: '2026-11-22T22:34:00.000Z' };
    const { position: _none, ...alert } = facts.alert;
    const { email } = composeCaseEventForAuthority(to(santaAna), {
      ...facts,
      alert: { ...alert, lastPosition },
    }).bodies;
    expect(email).toContain('33.745500, -117.867700');
  });

  it('bring what is known by then, to machines as well', () => {
    const { email = '', default: body } = composeCaseEventForAuthority(to(phoenix), {
      ...factsOf(caseEvents['hand-over asked']),
      alert: workedOn,
    }).bodies;
    expect(email).toContain(
      [
        'LO QUE SE SABE DEL CASO',
        'Lo tiene: Laura Ruiz Peña; se tomó 22 nov 14:41 PST',
        'Estado: Traslado a otro lugar',
        'Lugar: Adelanto ICE Processing Center',
        'Representante legal: Laura Pérez Díaz, +12135550188',
        'Oficinas avisadas: Los Angeles, Santa Ana',
        'Todo lo que ha pasado está en la página del caso.',
      ].join('\n'),
    );
    const document: unknown = JSON.parse(body);
    // Nothing beyond the contract, as the id that we keep of the representative.
    expect(announcementSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({
      acknowledged: { at: '2026-11-22T22:41:00.000Z', name: 'Laura Ruiz Peña' },
      facility: 'Adelanto ICE Processing Center',
      representative: { name: 'Laura Pérez Díaz', phone: '+12135550188' },
      toldConsulateIds: ['los-angeles', 'santa-ana'],
    });
    const untouched = composeCaseEventForAuthority(to(santaAna), factsOf(caseEvents['escalated, not acknowledged']));
    expect(untouched.bodies.email).not.toContain('LO QUE SE SABE');
    expect(JSON.parse(untouched.bodies.default)).toMatchObject({ acknowledged: null, facility: null });
  });

  // What SNS takes, attributes included. What is longer it refuses for good: the office would count as unreachable.
  it('stay within what SNS takes, however much there is to say', () => {
    const name = '\u{20000}'.repeat(80);
    const facts = factsOf(caseEvents['handed over']);
    const { family } = facts;
    const contacts = Array.from({ length: 12 }, () => ({ ...family.contacts[0]!, name }));
    const alert: Alert = {
      ...workedOn,
      note: '\u{1f697}'.repeat(500),
      facility: '"\\'.repeat(100),
      acknowledgedBy: name,
      representative: { ...workedOn.representative!, name },
      toldConsulates: consulates.map(({ id }) => id),
    };
    const { bodies, attributes } = composeCaseEventForAuthority(ministry, {
      ...facts,
      alert,
      family: { ...family, person: { ...family.person, name }, contacts },
    });
    const size = Buffer.byteLength(JSON.stringify(bodies)) + Buffer.byteLength(JSON.stringify(attributes));
    expect(size).toBeLessThanOrEqual(262_144);
  });

  it('are refused for the timeline alone, and for an alert without authorisation', () => {
    const noted = { ...caseEvents.reopened, type: 'alert.noted.v1', text: 'x' } as CaseEvent;
    expect(() => composeCaseEventForAuthority(ministry, factsOf(noted))).toThrow('timeline only');
    const facts = factsOf(caseEvents.cancelled);
    expect(() =>
      composeCaseEventForAuthority(ministry, { ...facts, alert: { ...facts.alert, consularNotification: false } }),
    ).toThrow('without consular authorisation');
  });

  it('carry the attributes for filters', () => {
    const { attributes } = composeCaseEventForAuthority(to(santaAna), factsOf(caseEvents.reopened));
    expect(attributes).toEqual({ type: 'alert.reopened.v1', drill: 'false', consulateId: 'santa-ana' });
  });
});
