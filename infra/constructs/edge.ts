import { Duration, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { edgeKeyHeader, envNames } from '../../shared/names.ts';
import type { OperatorAlarms } from './operator-alarms.ts';
import type { ServiceFunction } from './service-function.ts';
import { WebAcl } from './web-acl.ts';

export type EdgeProps = {
  readonly alarms: OperatorAlarms;
  readonly apiUrl: string;
  /** The operator's own name for it, with its certificate in us-east-1. @default - CloudFront's */
  readonly named?: { readonly host: string; readonly certificateArn: string } | undefined;
};

/** A scanner alone brings less. */
const manyBlocked = 100;

/** Their answers may be somebody's own, and CloudFront keeps errors for ten seconds unless told otherwise. */
const errorStatuses = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];

/**
 * CloudFront with a web ACL before app, pages and registration (docs/adr/036-the-edge.md). It tells the functions by a
 * secret header what came through it. Only in us-east-1: web ACLs of CloudFront are made nowhere else.
 */
export class Edge extends Construct {
  /** Without a trailing slash. */
  readonly url: string;
  /** To which the operator's own name has to point. */
  readonly domainName: string;
  readonly #key: string;
  readonly #distribution: Distribution;

  constructor(scope: Construct, id: string, { alarms, apiUrl, named }: EdgeProps) {
    super(scope, id);
    // Another id makes another key: CloudFormation looks at a secret's value only when its reference changes.
    const secret = new Secret(this, 'Key', {
      description: 'Alert Button: by which functions know what came through the edge',
      generateSecretString: { passwordLength: 43, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A reference that CloudFormation resolves: the template does not have the value.
    this.#key = secret.secretValue.unsafeUnwrap();

    const origin = new HttpOrigin(Fn.parseDomainName(apiUrl), {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      customHeaders: { [edgeKeyHeader]: this.#key },
    });
    const webAcl = new WebAcl(this, 'WebAcl');
    this.#distribution = new Distribution(this, 'Distribution', {
      comment: 'Alert Button',
      webAclId: webAcl.arn,
      ...(named && {
        domainNames: [named.host],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', named.certificateArn),
      }),
      // The rate rule counts addresses, and by IPv6 anybody has any number of them.
      enableIpv6: false,
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Edges in North America and Europe.
      priceClass: PriceClass.PRICE_CLASS_100,
      errorResponses: errorStatuses.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: {
        origin,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: keptByNobody(this),
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      additionalBehaviors: {
        // As long as the function says: for good, since these names change with the bytes.
        '/app/*': {
          origin,
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        },
      },
    });
    this.domainName = this.#distribution.distributionDomainName;
    this.url = `https://${named?.host ?? this.domainName}`;
    this.#accept();
    alarms.add('edge-blocks', {
      metric: webAcl.blocked,
      threshold: manyBlocked,
      what: `The edge refused ${manyBlocked} requests in five minutes: an address sends too many, or bodies are too large.`,
      impact: 'Whoever shares that address cannot open the app, a page or register for minutes. Presses pass.',
    });
  }

  /** The function then sends on to the edge, or refuses, what did not come through it. */
  guard(guarded: ServiceFunction): void {
    guarded.setVariable(envNames.edgeKey, this.#key);
    guarded.setVariable(envNames.publicUrl, this.url);
    // Nobody is sent to an edge that is not there yet.
    guarded.function.node.addDependency(this.#distribution);
  }

  #accept(): void {
    const accept = (id: string, reason: string): void =>
      Validations.of(this).acknowledge({ id: `AwsSolutions-${id}`, reason });
    accept(
      'SMG4',
      'A leak of the key lets somebody past the web ACL and to nothing else; there is no other use for it.',
    );
    accept('CFR1', 'People press from any country: relatives are abroad.');
    accept('CFR3', 'Access logs would keep the addresses of people and paths with tokens (G8).');
    accept('CFR4', 'CloudFront’s own name allows nothing newer; with a name of their own the operator has TLS 1.2.');
  }
}

/**
 * Nothing is kept: every answer says `no-store`, and the times are zero. The longest is one second only because a policy
 * with none has no key. What makes an answer somebody's own is in the key: requests that come at the same instant may
 * share one answer.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-traffic-spikes
 */
const keptByNobody = (scope: Construct): CachePolicy =>
  new CachePolicy(scope, 'KeptByNobody', {
    comment: 'Alert Button: keeps nothing',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    headerBehavior: CacheHeaderBehavior.allowList('Authorization', 'Accept'),
    queryStringBehavior: CacheQueryStringBehavior.all(),
  });
