import { isLanguage } from '../../shared/domain/vocabulary.ts';
import type { RightsResponse } from '../../shared/contracts/rights.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { Case, ChangeCaseDeps } from '../../shared/domain/case/change-case.ts';
import { mayOpen } from '../../shared/domain/case/act-on-case.ts';
import type { Consulate, MinistryDesk } from '../../shared/domain/offices/consulate.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import type { Link, LinkRecipient, LinkStore } from '../../shared/domain/case/links.ts';
import type { OpenCases } from '../../shared/domain/case/open-cases.ts';
import type { TrackReader } from '../../shared/domain/case/record-positions.ts';
import { deskTimeZone } from '../../shared/words/local-time.ts';
import type { Attempt, PageContext } from '../../shared/pages/page-context.ts';
import type { PageAddress } from '../../shared/pages/page-urls.ts';
import { pageUrls } from '../../shared/pages/page-urls.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';

export type ServeCaseDeps = ChangeCaseDeps & {
  readonly links: Pick<LinkStore, 'find' | 'noteOpened'>;
  readonly track: TrackReader;
  readonly openCases: OpenCases;
  /** The offices that may take a case. */
  readonly openConsulates: readonly Consulate[];
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly desk: MinistryDesk;
  readonly rights: (language: Language) => RightsResponse;
};

/** The one answer to a link that opens nothing, whatever the reason. */
export const noSuchLink = (): HttpProblem =>
  new HttpProblem(404, 'not-found', 'This link does not exist, has expired, or does not open this page.');

/** A link's token has 43 characters. A text that cannot be one is not looked up. */
const plausible = /^[\w-]{20,128}$/;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const caseRefPattern = new RegExp(`^(${uuid})\\.(${uuid})$`);

const tokenOf = ({ event }: HttpRequest): string => event.pathParameters?.['token'] ?? '';

export const queryOf = ({ event }: HttpRequest, name: string): string | undefined =>
  event.queryStringParameters?.[name];

/** @throws {HttpProblem} 404 if the link is unknown, has expired, or is of another kind */
export const findLink = async (
  { links }: Pick<ServeCaseDeps, 'links'>,
  request: HttpRequest,
  isFor: (recipient: LinkRecipient) => boolean,
): Promise<Link> => {
  const token = tokenOf(request);
  const link = plausible.test(token) ? await links.find(token) : undefined;
  if (!link || !isFor(link.recipient)) throw noSuchLink();
  return link;
};

/** Who an officer's link is for. */
export const officeOfLink = ({ recipient }: Pick<Link, 'recipient'>): string =>
  recipient.kind === 'consulate' ? recipient.id : 'ministry';

/** The link, with the case of `?case=` if there is one. */
export const withNamedCase = (request: HttpRequest, link: Link): { link: Link; ref?: string } => {
  const ref = queryOf(request, 'case');
  if (ref === undefined) return { link };
  const [, familyId, alertId] = caseRefPattern.exec(ref) ?? [];
  if (familyId === undefined || alertId === undefined) throw noSuchLink();
  return { link: { ...link, familyId, alertId }, ref };
};

/** The case of an officer's link. Without authorisation there is none, even for a valid link (G5). */
export const readForOfficer = async ({ cases }: Pick<ServeCaseDeps, 'cases'>, link: Link): Promise<Case> => {
  const found = await cases.read(link.familyId, link.alertId);
  if (!found?.alert.consularNotification || !mayOpen(link.recipient, found.alert)) throw noSuchLink();
  return found;
};

/** After a drill its person sees who opened a link, and when first. */
export const noteOpened = async (
  { links }: Pick<ServeCaseDeps, 'links'>,
  request: HttpRequest,
  { familyId, alertId, drill }: Alert,
): Promise<void> => {
  if (drill && !(await links.noteOpened(tokenOf(request), { familyId, alertId }))) {
    request.log.warn('opening.not-noted', { familyId, alertId });
  }
};

/** Language by `?language=`, times by the clock of the office in charge. */
export const contextOf = (
  deps: Pick<ServeCaseDeps, 'now' | 'consulateById'>,
  request: HttpRequest,
  address: Pick<PageAddress, 'kind' | 'ref'>,
  reader: { readonly language: Language; readonly officeId: string | undefined },
  attempt?: Attempt,
): PageContext => {
  const asked = queryOf(request, 'language');
  const chosen = isLanguage(asked) ? asked : undefined;
  const language = chosen ?? reader.language;
  const done = queryOf(request, 'done');
  return {
    words: catalogues[language],
    language,
    now: deps.now(),
    timeZone: deps.consulateById(reader.officeId ?? '')?.timeZone ?? deskTimeZone,
    urls: pageUrls({ ...address, token: tokenOf(request), language: chosen }),
    ...(done !== undefined && { done }),
    ...(attempt && { attempt }),
  };
};
