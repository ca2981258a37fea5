import { customResource } from './custom-resource.ts';
import { eventSourceMapping } from './event-source-mapping.ts';
import { lambdaFunction, lambdaPermission } from './function.ts';
import { geofenceCollection } from './geofence-collection.ts';
import { api, integration, route, stage } from './http-api.ts';
import { key, keyAlias } from './key.ts';
import { nestedStack } from './nested-stack.ts';
import { queue, queuePolicy } from './queue.ts';
import { inertType, type ResourceType } from './resource-type.ts';
import { policy, role } from './role.ts';
import { rule } from './rule.ts';
import { globalTable } from './table.ts';
import { subscription, topic, topicPolicy } from './topic.ts';

/** Types that have no effect on one machine, with all their properties: they watch, keep, draw or filter in AWS. */
const inertTypes: readonly string[] = [
  'AWS::CDK::Metadata',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::Distribution',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::SMSVOICE::ResourcePolicy',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
];

/** Every type that is understood, custom resources of other names aside. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map([
  ...inertTypes.map((type): [string, ResourceType] => [type, inertType]),
  ['AWS::ApiGatewayV2::Api', api],
  ['AWS::ApiGatewayV2::Integration', integration],
  ['AWS::ApiGatewayV2::Route', route],
  ['AWS::ApiGatewayV2::Stage', stage],
  ['AWS::CloudFormation::CustomResource', customResource],
  ['AWS::CloudFormation::Stack', nestedStack],
  ['AWS::DynamoDB::GlobalTable', globalTable],
  ['AWS::Events::Rule', rule],
  ['AWS::IAM::ManagedPolicy', policy],
  ['AWS::IAM::Policy', policy],
  ['AWS::IAM::Role', role],
  ['AWS::KMS::Alias', keyAlias],
  ['AWS::KMS::Key', key],
  ['AWS::Lambda::EventSourceMapping', eventSourceMapping],
  ['AWS::Lambda::Function', lambdaFunction],
  ['AWS::Lambda::Permission', lambdaPermission],
  ['AWS::Location::GeofenceCollection', geofenceCollection],
  ['AWS::SNS::Subscription', subscription],
  ['AWS::SNS::Topic', topic],
  ['AWS::SNS::TopicPolicy', topicPolicy],
  ['AWS::SQS::Queue', queue],
  ['AWS::SQS::QueuePolicy', queuePolicy],
]);

/** How a type is made here; undefined: it is not understood. */
export const resourceTypeOf = (type: string): ResourceType | undefined =>
  type.startsWith('Custom::') ? customResource : resourceTypes.get(type);
