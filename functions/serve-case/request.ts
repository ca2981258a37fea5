import type * as z from 'zod';
import type { RightsResponse } from '../../shared/contracts/rights.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CasesNearDeps } from '../../shared/domain/case/cases-near.ts';
import type { ActOnCaseDeps } from '../../shared/domain/case/act-on-case.ts';
import type { FamilyViews } from '../../shared/domain/case/family-view.ts';
import type { Link, LinkRecipient, LinkStore } from '../../shared/domain/case/links.ts';
import { isOfficers, officeIdOf } from '../../shared/domain/case/links.ts';
import type { OfficeListDeps } from '../../shared/domain/case/office-list.ts';
import type { TrackReader } from '../../shared/domain/case/record-positions.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import type { NumbersStore } from '../../shared/domain/numbers/case-numbers.ts';
import type { ConsentTexts } from '../../shared/domain/family/consent-text.ts';
import type { Consulate } from '../../shared/domain/offices/consulate.ts';
import type { Offices } from '../../shared/domain/offices/office-in-charge.ts';
import type { Districts } from '../../shared/domain/offices/responsible-office.ts';
import { isLanguage } from '../../shared/domain/vocabulary.ts';
import type { Attempt, PageContext } from '../../shared/pages/page-context.ts';
import { type PageAddress, type PageUrls, pageUrls } from '../../shared/pages/page-urls.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { readFields } from '../../shared/runtime/page.ts';
import { fieldErrors } from '../../shared/runtime/parse.ts';
import { type FieldError, HttpProblem } from '../../shared/runtime/problem.ts';
import { catalogues } from '../../shared/words/catalogues.ts';

export type ServeCaseDeps = ActOnCaseDeps &
  OfficeListDeps &
  Districts &
  CasesNearDeps &
  ConsentTexts &
  Offices & {
    readonly links: Pick<LinkStore, 'find' | 'noteOpened' | 'rememberOfficer'>;
    readonly track: TrackReader;
    readonly familyViews: FamilyViews;
    readonly numbers: Pick<NumbersStore, 'ofMonth'>;
    /** The offices that may take a case. */
    readonly openConsulates: readonly Consulate[];
    readonly rights: (language: Language) => RightsResponse;
  };

/** The one answer to a link that opens nothing, whatever the reason. */
export const noSuchLink = (): HttpProblem =>
  new HttpProblem(404, 'not-found', 'This link does not exist, has expired, or does not open this page.');

/** A link's token has 22 characters; older ones have 43. A text that cannot be one is not looked up. */
const plausible = /^[\w-]{20,128}$/;

const tokenOf = ({ event }: HttpRequest): string => event.pathParameters?.['token'] ?? '';

/** @throws {HttpProblem} 404 if it cannot be one */
export const plausibleToken = (request: HttpRequest): string => {
  const token = tokenOf(request);
  if (!plausible.test(token)) throw noSuchLink();
  return token;
};

export const queryOf = ({ event }: HttpRequest, name: string): string | undefined =>
  event.queryStringParameters?.[name];

/** @throws {HttpProblem} 404 if the link is unknown, has expired, or is of another kind */
export const findLink = async <R extends LinkRecipient>(
  { links }: Pick<ServeCaseDeps, 'links'>,
  request: HttpRequest,
  isFor: (recipient: LinkRecipient) => recipient is R,
): Promise<Link & { readonly recipient: R }> => {
  const link = await links.find(plausibleToken(request));
  if (!link || !isFor(link.recipient)) throw noSuchLink();
  return { ...link, recipient: link.recipient };
};

/** A link of an office or of the ministry. @throws {HttpProblem} 404 as {@link findLink} */
export const findOfficersLink = async (deps: Pick<ServeCaseDeps, 'links'>, request: HttpRequest): Promise<Link> =>
  findLink(deps, request, isOfficers);

/** Id of the office that a link is for, or `ministry`. */
export const officeOfLink = ({ recipient }: Pick<Link, 'recipient'>): string => officeIdOf(recipient);

/** After a drill its person sees who opened a link, and when first. A link to another case is no link of this one. */
export const noteOpened = async (
  { links }: Pick<ServeCaseDeps, 'links'>,
  request: HttpRequest,
  link: Link,
  { familyId, alertId, drill }: Alert,
): Promise<void> => {
  // Programs that check links ask by HEAD, people never do.
  if (request.event.requestContext.http.method === 'HEAD') return;
  const isOfDrill = drill && link.familyId === familyId && link.alertId === alertId;
  if (isOfDrill && !(await links.noteOpened(link))) {
    request.log.warn('opening.not-noted', { familyId, alertId });
  }
};

/** Keeps who signs behind the link, if the request says it and it is somebody else. */
export const rememberOfficer = async (
  { links }: Pick<ServeCaseDeps, 'links'>,
  request: HttpRequest,
  { officer: before, familyId, alertId }: Link,
  officer: string,
): Promise<void> => {
  if (officer !== before && !(await links.rememberOfficer(tokenOf(request), officer))) {
    request.log.warn('officer.not-remembered', { familyId, alertId });
  }
};

type Address = Pick<PageAddress, 'kind' | 'ref' | 'part'>;

const languageAsked = (request: HttpRequest): Language | undefined => {
  const asked = queryOf(request, 'language');
  return isLanguage(asked) ? asked : undefined;
};

/** Addresses behind the link, in the language that was asked for. */
export const urlsOf = (request: HttpRequest, address: Address): PageUrls =>
  pageUrls({ ...address, token: tokenOf(request), language: languageAsked(request) });

/** Language by `?language=`, times by one clock. */
export const contextOf = (
  deps: Pick<ServeCaseDeps, 'now'>,
  request: HttpRequest,
  address: Address,
  reader: { readonly language: Language; readonly timeZone: string },
  attempt?: Attempt,
): PageContext => {
  const language = languageAsked(request) ?? reader.language;
  const done = queryOf(request, 'done');
  return {
    words: catalogues[language],
    language,
    now: deps.now(),
    timeZone: reader.timeZone,
    urls: urlsOf(request, address),
    ...(done !== undefined && { done }),
    ...(attempt && { attempt }),
  };
};

/** An action as it was sent; `values` are its texts, to fill the form with again. */
export type Sent<Action> = { readonly name: string; readonly values: Attempt['values'] } & (
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'wrong'; readonly errors: readonly FieldError[] }
);

/**
 * The action in the path with its fields. A form sends what was left empty as an empty text: that is no field.
 * @param actions by their names
 * @param input the fields of each, with its name as `action`
 * @param remembered what holds where the request says nothing
 * @throws {HttpProblem} 404 when there is no such action
 */
export const readAction = <Input extends z.ZodType>(
  request: HttpRequest,
  actions: Readonly<Record<string, unknown>>,
  input: Input,
  remembered: { readonly officer?: string | undefined; readonly confirm?: true } = {},
): Sent<z.infer<Input>> => {
  const name = request.event.pathParameters?.['action'] ?? '';
  if (!Object.hasOwn(actions, name)) throw noSuchLink();
  const fields = Object.entries(readFields(request)).filter(
    ([, value]) => typeof value !== 'string' || value.trim() !== '',
  );
  const values = Object.fromEntries(
    fields.flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : [])),
  );
  const sent = { ...remembered, ...Object.fromEntries(fields), action: name };
  const parsed = input.safeParse(sent);
  return parsed.success
    ? { kind: 'action', name, values, action: parsed.data }
    : { kind: 'wrong', name, values, errors: fieldErrors(parsed.error, sent) };
};

/** The form to show again. */
export const attemptOf = (
  action: string,
  { values }: Pick<Sent<unknown>, 'values'>,
  errors: readonly FieldError[] = [],
): Attempt => ({ action, values, wrong: [...new Set(errors.map(({ path }) => String(path[0])))] });
