import { NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import { pinLogicalId } from './logical-id.ts';

/** Never changes: another number would move topics, and with them lose whoever is subscribed (ADR 037). */
const stacks = 8;

/**
 * The offices whose topics are in the stack itself: those that there were before there were nested ones. None is ever added
 * or taken away.
 */
const inTheStackItself: ReadonlySet<string> = new Set(
  `albuquerque atlanta austin boise boston brownsville calexico chicago dallas del-rio denver detroit douglas
   eagle-pass el-paso filadelfia fresno houston indianapolis kansas-city laredo las-vegas little-rock los-angeles
   mcallen miami milwaukee new-brunswick nogales nueva-orleans nueva-york oklahoma-city omaha orlando oxnard
   phoenix portland presidio raleigh sacramento saint-paul salt-lake-city san-antonio san-bernardino san-diego
   san-francisco san-jose san-juan santa-ana seattle tucson washington yuma`.split(/\s+/),
);

/** Where the topic of an office is made: in this stack, or in the nested one that its id alone decides on. */
export const officeStacks = (scope: Construct): ((officeId: string) => Construct) => {
  const made = new Map<number, NestedStack>();
  return (officeId) => {
    if (inTheStackItself.has(officeId)) return scope;
    const number = createHash('sha256').update(officeId).digest().readUInt32BE() % stacks;
    const known = made.get(number);
    if (known) return known;
    const nested = new NestedStack(scope, `Offices${number}`, { description: 'Alert Button: topics of offices' });
    if (nested.nestedStackResource) pinLogicalId(nested.nestedStackResource, `Offices${number}`);
    made.set(number, nested);
    return nested;
  };
};
