import { RemovalPolicy } from 'aws-cdk-lib/core';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { drillFamilyId, envNames, indexNames } from '../../shared/names.ts';
import type { EncryptionKey } from './encryption-key.ts';
import { pinLogicalId } from './logical-id.ts';
import type { Grant, ServiceFunction } from './service-function.ts';

export type AlertTableProps = {
  readonly key: EncryptionKey;
  /** Refuses deletion of the table, and keeps it when the stack goes. */
  readonly deletionProtection: boolean;
};

const tableLogicalId = 'AlertTable';

/**
 * The truth and the outbox (docs/data-model.md). Each grant allows the calls of one access pattern and sets the
 * table's name in the function's environment.
 */
export class AlertTable extends Construct {
  readonly tableArn: string;
  readonly tableName: string;
  readonly streamArn: string;
  readonly #key: EncryptionKey;

  constructor(scope: Construct, id: string, props: AlertTableProps) {
    super(scope, id);
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      // Sparse: only an item that waits for something has `dueBucket` and `dueAt`. The watchman's only query.
      globalSecondaryIndexes: [
        {
          indexName: indexNames.due,
          partitionKey: { name: 'dueBucket', type: AttributeType.STRING },
          sortKey: { name: 'dueAt', type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        // Sparse: an entry has `officeId` only while its case is open. An office's list.
        {
          indexName: indexNames.office,
          partitionKey: { name: 'officeId', type: AttributeType.STRING },
          sortKey: { name: 'raisedAt', type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      encryption: TableEncryptionV2.customerManagedKey(props.key.key),
      // A week, not the usual 35 days: point-in-time copies outlive what we delete.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 7 },
      deletionProtection: props.deletionProtection,
      // Also of a first deploy that fails: its protection would make of the rollback a ROLLBACK_FAILED.
      removalPolicy: props.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    pinLogicalId(table, tableLogicalId);
    if (table.tableStreamArn === undefined) throw new Error('The table has no stream.');
    this.tableArn = table.tableArn;
    this.streamArn = table.tableStreamArn;
    this.tableName = table.tableName;
    this.#key = props.key;
  }

  /** IAM checks the parts of a transaction as single calls: the update counts a drill. */
  grantPress(grantee: ServiceFunction): void {
    this.#grantWriting(grantee, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
  }

  grantRegistration(grantee: ServiceFunction): void {
    this.#grantWriting(grantee, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
  }

  /** Everything that one family has, and nothing else of the table. */
  grantOneFamily(grantee: ServiceFunction, familyId: string): void {
    const ofOneFamily = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`FAMILY#${familyId}`] } };
    this.#grantWriting(grantee, ['dynamodb:BatchWriteItem', 'dynamodb:PutItem', 'dynamodb:Query'], ofOneFamily);
  }

  /** Of an office, and never the links themselves. */
  grantEndingLinks(grantee: ServiceFunction): void {
    const ofOffices = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['LINKS-OF#*'] } };
    this.#grantWriting(grantee, ['dynamodb:PutItem'], ofOffices);
  }

  /** Raises cases of a family that is nobody's, and touches nothing else. */
  grantDrilling(grantee: ServiceFunction): void {
    const ofNobody = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`FAMILY#${drillFamilyId}`] } };
    this.#grantWriting(grantee, ['dynamodb:PutItem'], ofNobody);
  }

  grantErasing(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'], resources: [this.tableArn] });
  }

  grantReading(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [this.tableArn] });
    this.#key.grantTableReading(grantee);
    grantee.setVariable(envNames.table, this.tableName);
  }

  /** All that is needed to tell of an event is read in one call. */
  grantReadingTogether(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['dynamodb:BatchGetItem'], resources: [this.tableArn] });
  }

  /** An item changes together with the event that tells of it. Also reads, makes links and claims deliveries. */
  grantChanging(grantee: ServiceFunction): void {
    this.#grantWriting(grantee, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem']);
  }

  grantTrack(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['dynamodb:BatchWriteItem'], resources: [this.tableArn] });
  }

  /** Finds them in the index, and reads what a list shows of them in batches. */
  grantFindingOpenCases(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['dynamodb:BatchGetItem'], resources: [this.tableArn] });
    grantee.allow({ actions: ['dynamodb:Query'], resources: [`${this.tableArn}/index/${indexNames.office}`] });
  }

  grantFindingDue(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['dynamodb:Query'], resources: [`${this.tableArn}/index/${indexNames.due}`] });
  }

  /** An event source mapping reads the stream in the function's name. */
  grantStream(grantee: ServiceFunction): void {
    grantee.allow({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [this.streamArn],
    });
    // IAM checks listing against the table's streams as a whole.
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html
    grantee.allow({ actions: ['dynamodb:ListStreams'], resources: [`${this.tableArn}/stream/*`] });
    grantee.acceptWildcard(
      `Resource::<${tableLogicalId}.Arn>/stream/*`,
      'The streams of this one table; IAM knows no narrower resource for listing them.',
    );
    this.#key.grantTableReading(grantee);
  }

  #grantWriting(grantee: ServiceFunction, actions: readonly string[], conditions?: Grant['conditions']): void {
    grantee.allow({ actions, resources: [this.tableArn], ...(conditions && { conditions }) });
    this.#key.grantTableWriting(grantee);
    grantee.setVariable(envNames.table, this.tableName);
  }
}
