import { CustomResource, Duration, Stack } from 'aws-cdk-lib/core';
import { CfnGeofenceCollection } from 'aws-cdk-lib/aws-location';
import { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import { envNames } from '../../shared/names.ts';
import { ServiceFunction } from './service-function.ts';

export type GeosearchProps = {
  /** Offices that may be chosen, WGS 84 degrees. */
  readonly offices: readonly { readonly id: string; readonly latitude: number; readonly longitude: number }[];
};

/**
 * The nearest-consulate search: a geofence collection with one circle an office, filled at deploy. The positions are
 * public, so AWS's own key encrypts the collection.
 */
export class Geosearch extends Construct {
  readonly seeder: ServiceFunction;
  readonly #collection: CfnGeofenceCollection;

  constructor(scope: Construct, id: string, props: GeosearchProps) {
    super(scope, id);
    this.#collection = new CfnGeofenceCollection(this, 'Offices', {
      collectionName: `${Stack.of(this).stackName}-offices`,
      description: 'Alert Button: one circle of 100 m for each consulate',
    });

    this.seeder = new ServiceFunction(this, 'SeedGeofences', {
      name: 'seed-geofences',
      description: 'Puts the consulates into the geofence collection at deploy',
      impact: 'A deploy fails, or the search does not know an office that moved; the great circle still decides.',
      timeoutSeconds: 120,
    });
    this.seeder.allow({
      actions: ['geo:BatchDeleteGeofence', 'geo:BatchPutGeofence', 'geo:ListGeofences'],
      resources: [this.#collection.attrArn],
    });

    // CloudFormation turns numbers into text. As text from the start, the hash and the sent value agree.
    const geofences = props.offices.map((office) => ({
      id: office.id,
      latitude: String(office.latitude),
      longitude: String(office.longitude),
    }));
    new CustomResource(this, 'Geofences', {
      resourceType: 'Custom::ConsulateGeofences',
      // The function itself and not CDK's provider framework, which would add a Lambda and a waiter.
      serviceToken: this.seeder.function.functionArn,
      // Otherwise a seeder that cannot answer would hold the stack for an hour.
      serviceTimeout: Duration.minutes(5),
      properties: {
        CollectionName: this.#collection.ref,
        Geofences: geofences,
        DataHash: createHash('sha256').update(JSON.stringify(geofences)).digest('hex'),
      },
    });
  }

  grantSearching(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['geo:ForecastGeofenceEvents'], resources: [this.#collection.attrArn] });
    grantee.setVariable(envNames.geofenceCollection, this.#collection.ref);
  }
}
