import { Stack } from 'aws-cdk-lib/core';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../infra/app.ts';
import { officeStacks } from '../../infra/constructs/office-stacks.ts';
import { loadConsulateData } from '../../shared/data/consulate-data.ts';
import { resourceNames } from '../../shared/names.ts';
import type { Resource } from './synth.ts';

/** Of CloudFormation; what we keep free of it is for what comes next. */
const [limit, headroom] = [500, 40];

const { offices } = loadConsulateData();
const [first] = offices;

/** Offices of another country, and further ones of the first, each with a mailbox. */
const others = Array.from({ length: 400 - offices.length }, (_, index) => ({
  ...first!,
  id: `${index % 2 === 0 ? 'guatemala' : 'mexico'}-${String(index).replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`,
  city: `City ${index}`,
}));
const all = [...offices, ...others];
const mailbox = (id: string) => [{ protocol: 'email', endpoint: `duty@${id}.example` }];

type Templates = Record<string, Record<string, Resource>>;

let templates: Templates;
let outdir: string;
beforeAll(async () => {
  outdir = mkdtempSync(join(tmpdir(), 'alert-button-many-'));
  const consulateSubscribers = Object.fromEntries(others.map(({ id }) => [id, mailbox(id)]));
  (await buildApp({ settings: { consulateSubscribers }, offices: all, outdir, policyPacks: false })).synth();
  const files = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
  templates = Object.fromEntries(
    files.map((name) => [name, JSON.parse(readFileSync(join(outdir, name), 'utf8')).Resources]),
  );
}, 300_000);
afterAll(() => rmSync(outdir, { recursive: true }));

/** The template in which the topic of each office is. */
const homesIn = (made: Templates): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(made).flatMap(([file, resources]) =>
      Object.values(resources)
        .filter(({ Type }) => Type === 'AWS::SNS::Topic')
        .map(({ Properties }): [string, string] => [Properties.TopicName, file]),
    ),
  );

describe('four hundred offices of two countries', () => {
  it('each have a topic, and no stack has more resources than CloudFormation takes', () => {
    const names = new Set(homesIn(templates).keys());
    for (const { id } of all) expect(names).toContain(`${resourceNames.consulateTopicPrefix}${id}`);
    for (const resources of Object.values(templates)) {
      expect(Object.keys(resources).length).toBeLessThanOrEqual(limit - headroom);
    }
  });

  it('have their topics where their id alone puts them, so that none ever moves', () => {
    const some = officeStacks(new Stack());
    const homes = homesIn(templates);
    for (const { id } of all.filter((_, index) => index % 7 === 3).toReversed()) {
      const file = homes.get(`${resourceNames.consulateTopicPrefix}${id}`) ?? '';
      const [, nested = 'Default'] = /(Offices\d)/.exec(file) ?? [];
      expect(`${id} ${some(id).node.id}`).toBe(`${id} ${nested}`);
    }
  });

  it('let the same functions publish, and nobody else', () => {
    const nested = Object.entries(templates).filter(([file]) => file.includes('nested'));
    expect(nested.length).toBeGreaterThan(1);
    for (const [, resources] of nested) {
      const policies = Object.values(resources).filter(({ Type }) => Type === 'AWS::SNS::TopicPolicy');
      for (const { Properties } of policies) {
        const [deny] = Properties.PolicyDocument.Statement;
        expect(deny).toMatchObject({ Sid: 'OnlyOurFunctionsPublish', Effect: 'Deny' });
        expect(deny.Condition.ArnNotEquals['aws:PrincipalArn']).toHaveLength(3);
      }
    }
  });
});
