/** A route of an HTTP API with what it leads to. */
export type Route<Target> = { readonly routeKey: string; readonly target: Target };

export type SelectedRoute<Target> = {
  readonly route: Route<Target>;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

type Match = { readonly rank: number; readonly pathParameters: Record<string, string> };

/** Ranks by segments: a literal one before a variable, a variable before a greedy one; undefined: no match. */
const matchPath = (pattern: string, path: string): Match | undefined => {
  const wanted = pattern.split('/');
  const actual = path.split('/');
  const pathParameters: Record<string, string> = {};
  let rank = 0;
  for (const [index, part] of wanted.entries()) {
    rank *= 3;
    const value = actual[index];
    if (part.startsWith('{') && part.endsWith('+}')) {
      const rest = actual.slice(index).map(decode).join('/');
      if (rest === '') return undefined;
      pathParameters[part.slice(1, -2)] = rest;
      return { rank: rank * 3 ** Math.max(0, actual.length - wanted.length), pathParameters };
    }
    if (value === undefined) return undefined;
    if (part.startsWith('{')) {
      if (value === '') return undefined;
      pathParameters[part.slice(1, -1)] = decode(value);
      rank += 1;
    } else if (part === decode(value)) rank += 2;
    else return undefined;
  }
  return wanted.length === actual.length ? { rank, pathParameters } : undefined;
};

/**
 * The most specific route: a full match, then a greedy `{proxy+}`, then `$default`; a route's own method before `ANY`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @param path percent-encoded, without the query
 */
export const selectRoute = <Target>(
  routes: readonly Route<Target>[],
  method: string,
  path: string,
): SelectedRoute<Target> | undefined => {
  const candidates = routes.flatMap((route) => {
    const [wantedMethod = '', pattern = ''] = route.routeKey.split(' ');
    if (wantedMethod !== method && wantedMethod !== 'ANY') return [];
    const match = matchPath(pattern, path);
    if (match === undefined) return [];
    const greedy = pattern.endsWith('+}') ? 1 : 0;
    return [
      { route, pathParameters: match.pathParameters, order: [greedy, -match.rank, wantedMethod === 'ANY' ? 1 : 0] },
    ];
  });
  candidates.sort((left, right) => {
    const difference = left.order.map((value, index) => value - (right.order[index] ?? 0));
    return difference.find((value) => value !== 0) ?? 0;
  });
  const [best] = candidates;
  if (best !== undefined) return { route: best.route, pathParameters: best.pathParameters };
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
};
