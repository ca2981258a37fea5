import { takeCasesInput, takeCasesResponse } from '../../shared/contracts/case-actions.ts';
import { actOnCase } from '../../shared/domain/case/act-on-case.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import { type CaseRef, eachOnce } from '../../shared/domain/case/open-cases.ts';
import { allEnded, inParallel } from '../../shared/domain/in-parallel.ts';
import type { CaseRefusal } from '../../shared/domain/vocabulary.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { describeFault } from '../../shared/runtime/log.ts';
import { type PageAnswer, readFields, wantsJson } from '../../shared/runtime/page.ts';
import { fieldErrors } from '../../shared/runtime/parse.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';
import { maximumListBytes, showWrongTaking } from './office-list.ts';
import { type ServeCaseDeps, findOfficersLink, officeOfLink, rememberOfficer, urlsOf } from './request.ts';

/** So many at once: each is a read and a transaction, and all of a raid is done in seconds. */
const atOnce = 8;

/** Below the time limit of the function, which would answer nothing of what is done. */
const answersAfterMs = 7000;

const readTaking = (fields: ReturnType<typeof readFields>, { officer }: Link) => {
  const isForm = Array.isArray(fields['cases']) && fields['cases'].every((each) => typeof each === 'string');
  const signed = fields['officer'] === undefined || fields['officer'] === '' ? { ...fields, officer } : fields;
  const read = takeCasesInput[isForm ? 'form' : 'json'].safeParse(signed);
  return read.success ? read.data : fieldErrors(read.error, signed);
};

/** Why the case was not taken; `undefined`: it was. A fault of one case is no other's. */
const take = async (
  deps: ServeCaseDeps,
  request: HttpRequest,
  link: Link,
  officer: string,
  ref: CaseRef,
): Promise<CaseRefusal | 'not-found' | 'failed' | undefined> => {
  const ids = { ...ref, officeId: officeOfLink(link) };
  // A link out of a drill acts on that drill alone.
  if (link.drill && ref.alertId !== link.alertId) return 'not-found';
  try {
    const outcome = await actOnCase(deps, { ...link, ...ref }, { action: 'take', officer });
    switch (outcome.kind) {
      case 'done':
        request.log.info('case.changed', { ...ids, action: 'take' });
        return undefined;
      case 'refused':
        return outcome.reason;
      case 'not-found':
      case 'unknown-consulate':
      case 'unknown-representative':
      case 'unknown-contact':
        return 'not-found';
    }
  } catch (fault) {
    request.log.error('take.failed', { ...ids, ...describeFault(fault) });
    return 'failed';
  }
};

type Decided = CaseRef & { readonly reason: Awaited<ReturnType<typeof take>> };

/** What is not decided in time counts as failed: sent again, it changes nothing that was done after all. */
const decideInTime = async (
  refs: readonly CaseRef[],
  startedMs: number,
  decide: (ref: CaseRef) => Promise<Decided['reason']>,
): Promise<readonly Decided[]> => {
  const { promise: tooLate, resolve } = Promise.withResolvers<'failed'>();
  let isLate = false;
  const timer = setTimeout(
    () => {
      isLate = true;
      resolve('failed');
    },
    answersAfterMs - (performance.now() - startedMs),
  );
  try {
    return await inParallel(refs, atOnce, async (ref) => ({
      ...ref,
      reason: isLate ? 'failed' : await Promise.race([decide(ref), tooLate]),
    }));
  } finally {
    clearTimeout(timer);
  }
};

/** `POST /o/{token}/take`: an officer has seen these cases of their list. */
export const takeCases = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const startedMs = performance.now();
  const link = await findOfficersLink(deps, request);
  const fields = readFields(request, { repeated: ['cases'], maximumBytes: maximumListBytes });
  const read = readTaking(fields, link);
  if (!('cases' in read)) {
    if (wantsJson(request)) throw invalidRequest(read);
    return showWrongTaking(deps, request, link, fields, [...new Set(read.map(({ path }) => String(path[0])))]);
  }
  const { officer, cases } = read;
  const refs = eachOnce(
    cases.map(({ familyId, alertId }) => ({ familyId: familyId.toLowerCase(), alertId: alertId.toLowerCase() })),
  );
  const [decided] = await allEnded([
    decideInTime(refs, startedMs, async (ref) => take(deps, request, link, officer, ref)),
    rememberOfficer(deps, request, link, officer),
  ]);
  const refused = decided.flatMap(({ reason, ...ref }) => (reason === undefined ? [] : [{ ...ref, reason }]));
  if (wantsJson(request)) {
    const taken = decided.flatMap(({ reason, ...ref }) => (reason === undefined ? [ref] : []));
    return { kind: 'json', status: 200, body: takeCasesResponse.parse({ taken, refused }) };
  }
  const counts = { taken: String(refs.length - refused.length), refused: String(refused.length) };
  return { kind: 'see-other', path: urlsOf(request, { kind: 'o' }).page({ done: 'take', ...counts }) };
};
