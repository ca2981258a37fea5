import { Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildApp } from '../../infra/app.ts';

/** A part of a template. Tests look into it as it comes; a wrong path is a failed test. */
export type Tree = ReturnType<typeof JSON.parse>;
export type Resource = { Type: string; Properties: Tree; DeletionPolicy?: string; DependsOn?: string[] };

/** Each setting other than its default, to be looked at beside the template of the defaults. */
export const everySetting = {
  publicUrl: 'https://alerts.example.org',
  registrationCode: 'correct horse',
  registrationProofOfWork: true,
  edge: true,
  edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f3a',
  sharedContacts: ['+12145550101', 'casa@refugio.example'],
  ministry: { email: 'desk@sre.example' },
  desk: { name: 'Red de Apoyo', phone: '+13125550140' },
  legalHelp: { name: 'Ayuda Migrante', phone: '+13125550141' },
  operatorEmail: 'ops@example.org',
  consulateSubscribers: {
    boston: [],
    dallas: [
      { protocol: 'email', endpoint: 'duty@dallas.example' },
      { protocol: 'sms', endpoint: '+12145550100' },
    ],
    ministry: [{ protocol: 'https', endpoint: 'https://sre.example/alerts' }],
  },
  subscriberAccounts: ['123456789012'],
  smsOriginationNumber: '+18005550100',
  smsSpendAlarmUsd: 160,
  smsOptOutPolicy: false,
  canaryMinutes: 0,
  reservedConcurrency: 20,
  deletionProtection: false,
  replicableKeys: false,
};

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'alert-button-synth-'));

// Of all templates: CDK copies and hashes the functions' code once for a directory. It goes with the run.
let directory: string | undefined;

const synthesise = async (settings: object) => {
  directory ??= newDirectory();
  const app = await buildApp({ settings, outdir: directory, policyPacks: false });
  // Read at once: the next one is written over it.
  const { template } = app.synth().getStackByName('AlertButton');
  const resources: Record<string, Resource> = template.Resources;
  return {
    json: template,
    template: Template.fromJSON(template),
    resources,
    ofType: (type: string): Resource[] => Object.values(resources).filter((resource) => resource.Type === type),
  };
};

const made = new Map<string, ReturnType<typeof synthesise>>();

/** The template for these settings, without cdk-nag and validation; made once, to be looked at only. */
export const synth = async (settings: object = {}): ReturnType<typeof synthesise> => {
  const key = JSON.stringify(settings);
  const known = made.get(key) ?? synthesise(settings);
  made.set(key, known);
  return known;
};

/** A cloud assembly in a directory of its own, which goes with the test. */
export const assembleForTest = async (settings: object = {}, policyPacks = false) => {
  const outdir = newDirectory();
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  const app = await buildApp({ settings, outdir, policyPacks });
  return { outdir, template: app.synth().getStackByName('AlertButton').template };
};
