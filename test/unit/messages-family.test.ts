import { describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import { composeRaisedForFamily } from '../../shared/telling/compose-raised-for-family.ts';
import { composeWelcome } from '../../shared/telling/compose-welcome.ts';
import { desk, familyOf, losAngeles, press } from '../support/message-facts.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const optOutWords = ['CANCEL', 'END', 'STOP', 'QUIT', 'UNSUBSCRIBE', 'ARRET', 'OPTOUT', 'REMOVE', 'TD'];
const { position: _, ...pressWithoutPosition } = press;

const presses: readonly Alert[] = [true, false].flatMap((drill) =>
  [true, false].flatMap((consularNotification) =>
    [press, pressWithoutPosition].map((alert) => ({ ...alert, drill, consularNotification })),
  ),
);

const raised = (alert: Alert, language: Language, office = true) =>
  composeRaisedForFamily({
    alert,
    family: familyOf({ language }),
    desk,
    ...(office && { consulate: losAngeles }),
  });

const everyPublication = languages.flatMap((language) => [
  composeWelcome({ family: familyOf({ language }) }),
  composeWelcome({ family: familyOf({ language }), smsOriginationNumber: '+18885550199' }),
  composeWelcome({ family: familyOf({ language }), smsOriginationNumber: '+12065550199' }),
  ...presses.flatMap((alert) => [raised(alert, language), raised(alert, language, false)]),
]);
const everyText = everyPublication.flatMap(({ subject, bodies }) => [subject, ...Object.values(bodies)]);

describe('messages to the family', () => {
  it('read as kept in the snapshot', async () => {
    const shown = [
      press,
      { ...press, drill: true },
      { ...press, consularNotification: false },
      pressWithoutPosition,
    ].map((alert) => {
      const { subject, bodies } = raised(alert, 'es', alert !== pressWithoutPosition);
      return `${subject}\n\n${bodies.email}\n`;
    });
    await expect(shown.join(`\n${'='.repeat(80)}\n`)).toMatchFileSnapshot('./__snapshots__/email.txt');
  });

  it('say that nobody knows when it was pressed, if the phone’s time could not be read', () => {
    const alert = { ...press, droppedFields: ['pressedAt'] };
    expect(raised(alert, 'es').bodies.email).toMatch(/Lo recibimos: .*\. No se sabe a qué hora se activó\./);
    expect(raised(alert, 'es').bodies.sms).toContain('no se sabe cuando se activo');
    expect(raised(alert, 'en').bodies.email).toContain('When it was pressed is not known.');
    expect(raised(alert, 'en').bodies.sms).toContain('pressed at an unknown time');
  });

  it('carry no coordinates and no map', () => {
    for (const text of everyText) {
      expect(text).not.toMatch(/-?\d{1,3}[.,]\d{2,}/);
      expect(text).not.toMatch(/openstreetmap|geo:|34\.05|118\.24/i);
    }
  });

  it('use no opt-out word, save that the welcome says that only STOP works on toll-free numbers', () => {
    const asked = new RegExp(`(?:^|[^\\p{L}])(${optOutWords.join('|')})`, 'iu');
    for (const text of everyText) {
      const withoutFact = text.replace(/(?:solo sirve|only) STOP/, '');
      expect(withoutFact).not.toMatch(asked);
      for (const line of text.split('\n')) {
        expect(optOutWords.filter((word) => line.toUpperCase().startsWith(word))).toEqual([]);
      }
    }
    expect(everyText.filter((text) => text.includes('STOP'))).toHaveLength(4);
  });

  it('say that the consulate is being notified, never that it has been, and never that help is coming', () => {
    const late = { ...press, pressedAt: '2026-11-22T21:05:00.000Z' };
    expect(raised(press, 'es').bodies.sms).toContain('Se avisa al consulado Los Angeles.');
    expect(raised(press, 'en').bodies.sms).toContain('Telling Los Angeles consulate.');
    expect(raised(late, 'es').bodies.sms).toContain('Se esta avisando al consulado de Los Angeles.');
    expect(raised(late, 'en').bodies.sms).toContain('The Los Angeles consulate is being notified.');
    for (const text of everyText) {
      expect(text).not.toMatch(
        /help is|on (?:its|the) way|ayuda (?:va|viene|est)|en camino|has been notified|ha sido avisad/i,
      );
    }
  });

  it('name no office and, in the SMS, no phone of the state to the family of someone who did not authorise contact', () => {
    for (const language of languages) {
      const { sms, email } = raised({ ...press, consularNotification: false }, language).bodies;
      expect(sms).not.toMatch(/\+\d|Los Angeles/);
      expect(`${sms}${email}`).not.toMatch(/Los Ángeles|avisando|being notified|consula|Relaciones|CIAM|autoriz/i);
      expect(email).not.toContain(desk.phone);
      expect(sms).toMatch(/abogado de inmigracion\. No vaya|immigration lawyer now\. Do not go/);
    }
  });

  it("give the office's own phone where it is verified, else the desk's", () => {
    const verified = { ...losAngeles, emergencyPhone: '+12135550177' };
    const own = composeRaisedForFamily({ alert: press, family: familyOf(), desk, consulate: verified }).bodies;
    expect(own.sms).toContain('Tel +12135550177, folio ');
    expect(own.email).toContain('Teléfono para informes: +12135550177');
    expect(raised(press, 'es').bodies.email).toContain(`las 24 horas: ${desk.phone} (${desk.name})`);
    expect(raised(press, 'es', false).bodies.sms).toContain(`Tel ${desk.phone}, folio `);
  });

  it('keep names intact in the email', () => {
    const name = 'Xóchitl Núñez Ávila';
    const { bodies } = composeRaisedForFamily({
      alert: press,
      family: familyOf({ name }),
      desk,
      consulate: losAngeles,
    });
    expect(bodies.email).toContain(name);
    expect(bodies.sms).toContain('Xochitl Nuñez Avila');
  });

  it('have a subject that SNS takes, beginning with the word by which they are known', () => {
    for (const { subject } of everyPublication) expect(subject).toMatch(/^[A-Za-z0-9][\x20-\x7e]{0,98}$/);
    expect(raised(press, 'es').subject).toMatch(/^ALERTA /);
    expect(raised({ ...press, drill: true }, 'es').subject).toMatch(/^SIMULACRO /);
    expect(raised(press, 'en').subject).toMatch(/^ALERT /);
    expect(raised({ ...press, drill: true }, 'en').subject).toMatch(/^DRILL /);
    const longest = composeRaisedForFamily({
      alert: { ...press, pressedAt: '2026-11-20T21:05:00.000Z' },
      family: familyOf({ name: 'Ñ'.repeat(80) }),
      desk,
    });
    expect(longest.subject.length).toBeLessThan(100);
  });

  it('have no person in the default text, and the attributes that filters need', () => {
    for (const { bodies, attributes } of everyPublication) {
      expect(bodies.default).not.toMatch(/Ana|López|Lopez|\+\d/);
      expect(Object.keys(attributes).sort()).toEqual(['drill', 'type']);
    }
    expect(raised({ ...press, drill: true }, 'es').attributes).toEqual({ type: 'alert.raised.v1', drill: 'true' });
    expect(Object.keys(composeWelcome({ family: familyOf() }).bodies)).toEqual(['default', 'sms']);
  });
});
