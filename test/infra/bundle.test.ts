import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bundleOf } from '../../infra/constructs/bundle.ts';
import { functionNames } from '../../shared/names.ts';

it('bundles every folder of functions/', () => {
  expect(new Set(readdirSync('functions'))).toEqual(new Set(functionNames));
});

// Load times are measured by `npm run bench:cold`; these are the choices that make them.
it('keeps the press small: at most 205 KB, without a schema library', () => {
  const press = bundleOf('raise-alert');
  expect(Buffer.byteLength(press)).toBeLessThanOrEqual(205_000);
  expect(press).not.toMatch(/ZodError|valibot/);
  expect(bundleOf('register-family')).toContain('ZodError');
  expect(bundleOf('register-family')).toContain('valibot');
});

it.each([
  ['announce-to-family', 710_000],
  ['announce-to-authorities', 670_000],
] as const)('keeps %s, which a press meets cold, at most %d bytes, without zod', (name, most) => {
  const bundle = bundleOf(name);
  expect(Buffer.byteLength(bundle)).toBeLessThanOrEqual(most);
  expect(bundle).not.toContain('ZodError');
});

it('looks for the settings of the SDK in the environment alone', () => {
  const looking = functionNames.filter((name) => bundleOf(name).includes('AWS_SHARED_CREDENTIALS_FILE'));
  expect(looking).toEqual([]);
});

it('has the districts where an office is decided, and not in the press', () => {
  const withDistricts = functionNames.filter((name) => bundleOf(name).includes('sre-anuncia-reacomodo'));
  expect(new Set(withDistricts)).toEqual(
    new Set([
      'announce-to-family',
      'announce-to-authorities',
      'watchman',
      'record-positions',
      // What a drill would do, and whom a cancellation is told before an office is chosen.
      'answer-queries',
      'serve-case',
      'cancel-alert',
      'manage-check-ins',
    ]),
  );
});

it.each(functionNames)(
  'lets %s load only modules of Node, and of those neither node:process, node:fs and node:crypto nor, with a request, node:http',
  (name) => {
    const imported = Array.from(
      bundleOf(name).matchAll(/(?:\bfrom|\bimport)\s*"([\w@:/.-]+)"/g),
      ([, module]) => module,
    );
    expect(imported.filter((module) => !module?.startsWith('node:'))).toEqual([]);
    for (const whole of ['node:process', 'node:fs', 'node:crypto']) expect(imported).not.toContain(whole);
    // A boolean: a bundle is too long for a message.
    expect(/\bimport\(\s*["']node:http["']/.test(bundleOf(name))).toBe(false);
  },
);
