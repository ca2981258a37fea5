import { describe, expect, test } from 'vitest';
import { resolve, type IntrinsicScope } from '../../infra/local-aws/template/intrinsics.ts';
import { creationOrder } from '../../infra/local-aws/template/creation-order.ts';
import { parseTemplate } from '../../infra/local-aws/template/template.ts';
import { tableResources } from './support/fixture-assembly.ts';
import { startFixture, type Json } from './support/fixture-stack.ts';

const scope: IntrinsicScope = {
  pseudoParameters: { 'AWS::Region': 'us-east-1', 'AWS::AccountId': '000000000000' },
  resource: (logicalId) =>
    logicalId === 'Topic' ? { ref: 'arn:topic', attributes: { TopicName: 'news' } } : undefined,
};

describe('intrinsic functions', () => {
  test.each([
    [{ Ref: 'Topic' }, 'arn:topic'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'news'],
    [{ 'Fn::GetAtt': 'Topic.TopicName' }, 'news'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }, 'b']] }, 'a-000000000000-b'],
    [{ 'Fn::Sub': '${AWS::Region}/${Topic.TopicName}/${!Literal}' }, 'us-east-1/news/${Literal}'],
    [{ 'Fn::Sub': ['${own}', { own: { Ref: 'Topic' } }] }, 'arn:topic'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', { Ref: 'Topic' }] }] }, 'topic'],
    [
      { kept: 1, dropped: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }, 2] },
      { kept: 1, list: [2] },
    ],
  ])('%j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test.each([
    [{ Ref: 'Nobody' }, 'Ref: there is no resource or parameter Nobody'],
    [{ 'Fn::GetAtt': ['Topic', 'Colour'] }, 'Fn::GetAtt: Topic has no attribute Colour here'],
    [{ 'Fn::ImportValue': 'x' }, 'the function Fn::ImportValue is not understood'],
  ])('%j is refused', (value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });
});

describe('creation order', () => {
  const resource = (Properties: object, DependsOn: string[] = []): object => ({ Type: 'X', Properties, DependsOn });

  test('puts each resource after what it refers to or depends on', () => {
    const { resources } = parseTemplate({
      Resources: {
        A: resource({ value: { 'Fn::Sub': 'x${B.Arn}' } }),
        B: resource({ list: [{ 'Fn::Join': ['', [{ Ref: 'C' }]] }] }, ['D']),
        C: resource({}),
        D: resource({ x: { 'Fn::GetAtt': ['C', 'Arn'] } }),
      },
    });
    expect(creationOrder(resources)).toEqual(['C', 'D', 'B', 'A']);
  });

  test('names a circle', () => {
    const { resources } = parseTemplate({
      Resources: { A: resource({ x: { Ref: 'B' } }), B: resource({ x: { Ref: 'A' } }) },
    });
    expect(() => creationOrder(resources)).toThrow('circular dependency: A -> B -> A');
  });
});

describe('what the local stack does not understand stops it by name', () => {
  const start = async (resources: Record<string, object>): Promise<unknown> => startFixture({}, resources);

  test('a resource type', async () => {
    await expect(start({ Lake: { Type: 'AWS::Lake::Boat', Properties: {} } })).rejects.toThrow(
      'AWS::Lake::Boat (Lake): resource type is not understood',
    );
  });

  test('a property', async () => {
    await expect(start({ News: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } } })).rejects.toThrow(
      'AWS::SNS::Topic (News): property FifoTopic is not understood',
    );
  });

  test('a property inside a property', async () => {
    const table = structuredClone(tableResources) as Json;
    table.Table.Properties.Replicas[0].ResourcePolicy = {};
    await expect(start(table)).rejects.toThrow(
      'AWS::DynamoDB::GlobalTable (Table): property Replicas.0.ResourcePolicy is not understood',
    );
  });

  test('an attribute of a resource', async () => {
    await expect(start({ News: { Type: 'AWS::SNS::Topic', Condition: 'Sometimes' } })).rejects.toThrow('Condition');
  });
});
