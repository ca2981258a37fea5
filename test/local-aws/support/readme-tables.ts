import * as cloudFormationSdk from '@aws-sdk/client-cloudformation';
import * as dynamoDbSdk from '@aws-sdk/client-dynamodb';
import * as kmsSdk from '@aws-sdk/client-kms';
import * as lambdaSdk from '@aws-sdk/client-lambda';
import * as locationSdk from '@aws-sdk/client-location';
import * as snsSdk from '@aws-sdk/client-sns';
import * as sqsSdk from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { AwsService } from '../../../infra/local-aws/aws-service.ts';
import { createDynamoDb } from '../../../infra/local-aws/dynamodb/dynamodb.ts';
import { createFunctions } from '../../../infra/local-aws/functions/functions.ts';
import { createLambdaService } from '../../../infra/local-aws/functions/lambda-service.ts';
import { conditionWords } from '../../../infra/local-aws/iam/conditions.ts';
import { createKms } from '../../../infra/local-aws/kms/kms.ts';
import { createLocation } from '../../../infra/local-aws/location/location.ts';
import { inert } from '../../../infra/local-aws/resources/resource-type.ts';
import { resourceTypes } from '../../../infra/local-aws/resources/resource-types.ts';
import { filterWords } from '../../../infra/local-aws/sns/filter-operators.ts';
import { createSns } from '../../../infra/local-aws/sns/sns.ts';
import { protocols } from '../../../infra/local-aws/sns/state.ts';
import { createSqs } from '../../../infra/local-aws/sqs/sqs.ts';
import { comparisonNames } from '../../../infra/local-aws/streams/event-filter.ts';
import { intrinsicNames } from '../../../infra/local-aws/template/intrinsics.ts';
import { createCloudFormation } from '../../../infra/local-aws/template/cloudformation.ts';

/*
 * The tables of the emulator's README, made of the schemas that it checks inputs with and of what the AWS SDK knows of
 * each action.
 */

type Sdk = Readonly<Record<string, unknown>>;

const place = { now: () => new Date(), region: 'us-east-1', account: '000000000000' };

const services = async (): Promise<readonly (readonly [name: string, service: AwsService, sdk: Sdk])[]> => [
  [
    'CloudFormation',
    createCloudFormation({ stackName: '', stackId: '', outputs: () => undefined, createdAt: place.now() }),
    cloudFormationSdk,
  ],
  ['DynamoDB', await createDynamoDb({ now: place.now, onRecord: () => undefined }), dynamoDbSdk],
  ['KMS', createKms(place), kmsSdk],
  ['Lambda', createLambdaService(createFunctions()), lambdaSdk],
  ['Location', createLocation(place), locationSdk],
  ['SNS', createSns({ ...place, confirm: 'auto', deliverToQueue: () => undefined }), snsSdk],
  ['SQS', createSqs(place), sqsSdk],
];

/** The schema inside `optional`, `default`, a list or a transformation. */
const innermost = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return innermost(schema.unwrap());
  if (schema instanceof z.ZodArray) return innermost(schema.element);
  if (schema instanceof z.ZodPipe) return innermost(schema.in);
  return schema;
};

/** Names and schemas of an object's members; none if it is no object. */
const membersOf = (schema: z.core.$ZodType | undefined): readonly (readonly [string, z.core.$ZodType])[] => {
  const inside = schema && innermost(schema);
  return inside instanceof z.ZodObject ? Object.entries(inside.shape) : [];
};

/** Members that the SDK sends in an action's input. */
const inputMembers = (sdk: Sdk, action: string): readonly string[] => {
  const operation = sdk[`${action}$`] as readonly unknown[];
  const input = (operation[4] as () => readonly unknown[])();
  return input[4] as readonly string[];
};

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' ') || '-';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Which actions of each service are understood, with which members of their input. */
export const actionsTable = async (): Promise<string> => {
  const lines = [row('service', 'action', 'understood', 'refused'), row('---', '---', '---', '---')];
  for (const [name, { understands = {} }, sdk] of await services()) {
    for (const [action, schema] of Object.entries(understands).sort(([a], [b]) => a.localeCompare(b))) {
      const understood = membersOf(schema).map(([member]) => member);
      const refused = inputMembers(sdk, action).filter((member) => !understood.includes(member));
      lines.push(row(name, `\`${action}\``, code(understood), code(refused)));
    }
  }
  return lines.join('\n');
};

/** How many of each service's actions are understood, of all that the SDK has. */
export const countsTable = async (): Promise<string> => {
  const counted = (await services()).map(([name, { understands = {} }, sdk]) => {
    const all = Object.keys(sdk).filter((key) => /^[A-Z]\w+Command$/.test(key));
    return row(name, String(Object.keys(understands).length), String(all.length));
  });
  return [row('service', 'actions understood', 'actions in the SDK'), row('---', '---', '---'), ...counted].join('\n');
};

/** A property with the one value that it may have, if there is one. */
const shownProperty = ([name, schema]: readonly [string, z.core.$ZodType]): string => {
  const inside = innermost(schema);
  return inside instanceof z.ZodLiteral ? `\`${name}: ${[...inside.values].join('|')}\`` : `\`${name}\``;
};

const isInert = (schema: z.core.$ZodType): boolean => schema === inert;

const inertPaths = (schema: z.core.$ZodType | undefined, path = ''): readonly string[] =>
  membersOf(schema).flatMap(([name, member]) =>
    isInert(member) ? [`${path}${name}`] : inertPaths(member, `${path}${name}.`),
  );

/** Which resource types a template may have, with which properties. */
export const resourcesTable = (): string => {
  const rows = [...resourceTypes]
    .filter(([, { schema }]) => schema !== undefined)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, { schema }]) => {
      const properties = membersOf(schema).filter(([, member]) => !isInert(member));
      return row(`\`${type}\``, properties.map(shownProperty).join(' '), code(inertPaths(schema)));
    });
  return [row('type', 'understood', 'inert'), row('---', '---', '---'), ...rows].join('\n');
};

/** The words of the small languages inside: templates, policies, filters. */
export const wordsTable = (): string =>
  [
    row('where', 'understood', 'refused'),
    row('---', '---', '---'),
    row('functions of templates', code(intrinsicNames), 'every other'),
    row('operators of IAM conditions', code(conditionWords.operators), 'every other'),
    row('keys of IAM conditions', code(conditionWords.keys), 'every other'),
    row('protocols of SNS', code(protocols), 'every other'),
    row('operators of SNS filter policies', code(filterWords.understood), code(filterWords.refused)),
    row('comparisons of Lambda event filters', code(comparisonNames), 'every other'),
  ].join('\n');

/** Types that are accepted with whatever they say, and do nothing here. */
export const inertTypesList = (): string =>
  [...resourceTypes]
    .filter(([, { schema }]) => schema === undefined)
    .map(([type]) => `- \`${type}\``)
    .join('\n');
