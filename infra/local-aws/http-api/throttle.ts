/** What a stage allows on one route. */
export type RouteLimits = { readonly ratePerSecond: number; readonly burst: number };

/** One token bucket a route. `take` is false where the request is to be refused with 429. */
export type Throttle = { take: (routeKey: string) => boolean; reset: () => void };

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 * @param limitsOf undefined: the route is not limited (the account's own limit is far above this machine)
 * @param nowMs real time: a step of the local clock refills no bucket
 */
export const createThrottle = (
  limitsOf: (routeKey: string) => RouteLimits | undefined,
  nowMs: () => number = () => performance.now(),
): Throttle => {
  const buckets = new Map<string, { tokens: number; filledAt: number }>();
  return {
    take: (routeKey) => {
      const limits = limitsOf(routeKey);
      if (limits === undefined) return true;
      const now = nowMs();
      const bucket = buckets.get(routeKey) ?? { tokens: limits.burst, filledAt: now };
      const refilled = bucket.tokens + ((now - bucket.filledAt) / 1000) * limits.ratePerSecond;
      const tokens = Math.min(limits.burst, refilled);
      const granted = tokens >= 1;
      buckets.set(routeKey, { tokens: granted ? tokens - 1 : tokens, filledAt: now });
      return granted;
    },
    reset: () => buckets.clear(),
  };
};
