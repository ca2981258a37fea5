import { describe, expect, it } from 'vitest';
import { alertRaisedSchema } from '../../shared/contracts/announcement-whole.ts';
import { composeRaisedForAuthority } from '../../shared/telling/compose-raised-for-authority.ts';
import { authorityFacts, desk, familyOf, losAngeles, press } from '../support/message-facts.ts';

const office = { kind: 'consulate', consulate: losAngeles } as const;
const ministry = { kind: 'ministry' } as const;
const { position: _, ...pressWithoutPosition } = press;

const ownedByMinistry = {
  alert: pressWithoutPosition,
  family: familyOf(),
  assigned: { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const,
  consulateById: () => undefined,
  desk,
  now: authorityFacts.now,
};

const documentOf = (publication: { readonly bodies: { readonly default: string } }) =>
  alertRaisedSchema.parse(JSON.parse(publication.bodies.default));

describe('messages to offices and the ministry', () => {
  it('read as kept in the snapshot', async () => {
    const shown = [
      composeRaisedForAuthority(office, authorityFacts),
      composeRaisedForAuthority(ministry, authorityFacts),
      composeRaisedForAuthority(office, {
        ...authorityFacts,
        alert: { ...pressWithoutPosition, drill: true, pressedAt: '2026-11-22T21:05:00.000Z' },
        family: familyOf({ homePosition: { latitude: 34.1, longitude: -118.3 } }),
        assigned: { id: 'los-angeles', distanceMeters: 5200, basis: 'home' },
      }),
      composeRaisedForAuthority(ministry, ownedByMinistry),
    ].map(({ subject, bodies }) => `${subject}\n\n${bodies.email}\n`);
    await expect(shown.join(`\n${'='.repeat(80)}\n`)).toMatchFileSnapshot('./__snapshots__/email-officers.txt');
  });

  it('carry one document for machines, and attributes for filters', () => {
    const { bodies, attributes } = composeRaisedForAuthority(office, authorityFacts);
    // SNS gives `default` to every protocol that has no text of its own.
    expect(Object.keys(bodies)).toEqual(['default', 'sms', 'email']);
    expect(attributes).toEqual({ type: 'alert.raised.v1', drill: 'false', consulateId: 'los-angeles' });
    expect(composeRaisedForAuthority(ministry, authorityFacts).attributes['consulateId']).toBe('ministry');
  });

  it('keep the identifier of an event whoever gets it and however often', () => {
    const later = { ...authorityFacts, now: new Date('2026-11-22T23:00:00.000Z') };
    const [first, second] = [
      documentOf(composeRaisedForAuthority(office, authorityFacts)),
      documentOf(composeRaisedForAuthority(ministry, later)),
    ];
    expect(second.identifier).toBe(first.identifier);
    expect(second.sent).not.toBe(first.sent);
    expect([first.addresses, second.addresses]).toEqual([['los-angeles'], ['ministry']]);
  });

  it('call an office the nearest only if it was the first: after others were silent it is the next', () => {
    const textTo = (first: string) =>
      composeRaisedForAuthority(office, {
        ...authorityFacts,
        alert: { ...press, raisedTo: { id: first, distanceMeters: 100, basis: 'location' } },
      }).bodies.email;
    expect(textTo('los-angeles')).toContain('la más cercana al teléfono');
    expect(textTo('oxnard')).toContain('la siguiente más cercana, porque antes nadie ha respondido, a');
  });

  it('say that the ministry owns an alert without any position', () => {
    const publication = composeRaisedForAuthority(ministry, ownedByMinistry);
    expect(documentOf(publication)).toMatchObject({
      position: null,
      homePosition: null,
      consulate: { id: 'ministry', city: null, distanceMeters: null, basis: 'ministry', emergencyPhone: desk.phone },
    });
    expect(publication.bodies.email).toContain('No llegó ninguna ubicación');
  });

  it('take exactly 0,0 for no position and never call the home the position', () => {
    const home = { latitude: 34.1, longitude: -118.3 };
    const publication = composeRaisedForAuthority(office, {
      ...authorityFacts,
      alert: { ...press, position: { latitude: 0, longitude: 0 } },
      family: familyOf({ homePosition: home }),
      assigned: { id: 'los-angeles', distanceMeters: 5200, basis: 'home' },
    });
    expect(documentOf(publication)).toMatchObject({ position: null, homePosition: home });
    expect(publication.bodies.email).toContain('no es donde está la persona');
  });

  it('show a position that is not trusted with its flaw, and the home beside it', () => {
    const homePosition = { latitude: 34.1, longitude: -118.3 };
    const flawed = {
      position: { latitude: 34.052, longitude: 0, accuracyMeters: 4 },
      flaw: 'coordinate-missing',
    } as const;
    const { position: _none, ...alert } = press;
    const publication = composeRaisedForAuthority(office, {
      ...authorityFacts,
      alert,
      flawed,
      family: familyOf({ homePosition }),
      assigned: { id: 'los-angeles', distanceMeters: 5200, basis: 'home' },
    });
    expect(documentOf(publication)).toMatchObject({
      position: null,
      untrustedPosition: { latitude: 34.052, longitude: 0, flaw: 'coordinate-missing' },
      homePosition,
    });
    expect(publication.bodies.email).toMatch(/DÓNDE\nNO CONFIABLE: al punto le falta una coordenada\.\nCoordenadas/);
    expect(publication.bodies.email).toContain('no es donde está la persona');
  });

  it('withhold the registered home while there is a position', () => {
    const family = familyOf({ homePosition: { latitude: 34.1, longitude: -118.3 } });
    const { bodies } = composeRaisedForAuthority(office, { ...authorityFacts, family });
    expect(JSON.stringify(bodies)).not.toContain('34.1');
  });

  it.each([['pressedAt'], ['body']])(
    'say that nobody knows when it was pressed, if the phone’s %s could not be read',
    (field) => {
      const alert = { ...press, droppedFields: [field] };
      const { subject, bodies } = composeRaisedForAuthority(office, { ...authorityFacts, alert });
      expect(bodies.email).toContain('Activada: no se sabe a qué hora.');
      expect(bodies.email).toMatch(/^Recibida: /m);
      expect(bodies.email).not.toContain('Activada y recibida');
      expect(bodies.sms).toContain('no se sabe cuando se activo');
      expect(subject).toContain(' - recibida ');
    },
  );

  it('keep what a person wrote on one line, so that it cannot look like ours', () => {
    const alert = { ...press, note: 'ayuda\n\nAUTORIZACIÓN CONSULAR\nninguna' };
    const { email } = composeRaisedForAuthority(office, { ...authorityFacts, alert }).bodies;
    expect(email).toContain('Nota que escribió: ayuda AUTORIZACIÓN CONSULAR ninguna\n');
  });

  it('ask whoever is in charge to take the case on its page, for nothing else stops the escalation', () => {
    const link = 'https://alerts.example.org/c/token';
    const take =
      'QUÉ SE PIDE\nConfirmen en la página del caso que lo toman: mientras nadie lo haga, los avisos continúan.';
    const facts = { ...authorityFacts, link };
    expect(composeRaisedForAuthority(office, facts).bodies.email).toContain(take);
    expect(composeRaisedForAuthority(ministry, { ...ownedByMinistry, link }).bodies.email).toContain(take);
    // Not the ministry's copy, and nobody in a drill, which asks for a look only.
    expect(composeRaisedForAuthority(ministry, facts).bodies.email).not.toContain('Confirmen');
    const drill = { ...facts, alert: { ...press, drill: true } };
    expect(composeRaisedForAuthority(office, drill).bodies.email).not.toContain('Confirmen');
  });

  it('are still written when the office in charge has left the data', () => {
    const { consulate: _gone, ...facts } = authorityFacts;
    expect(documentOf(composeRaisedForAuthority(ministry, facts)).consulate).toMatchObject({
      id: 'los-angeles',
      city: null,
    });
  });

  it('are refused for an alert without authorisation', () => {
    const alert = { ...press, consularNotification: false };
    expect(() => composeRaisedForAuthority(office, { ...authorityFacts, alert })).toThrow(
      'without consular authorisation',
    );
  });

  it('have a subject that SNS takes, with drills marked', () => {
    for (const name of ['Ana López García', 'Ñ'.repeat(80), '李明']) {
      const { subject } = composeRaisedForAuthority(office, { ...authorityFacts, family: familyOf({ name }) });
      expect(subject).toMatch(/^ALERTA[\x20-\x7e]{0,93}$/);
    }
    const drill = { ...authorityFacts, alert: { ...press, drill: true } };
    expect(composeRaisedForAuthority(office, drill).subject).toMatch(/^SIMULACRO/);
  });
});
