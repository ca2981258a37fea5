import { createHash } from 'node:crypto';
import type { HttpRequest } from './http.ts';
import { unauthorized } from './problem.ts';

/** SHA-256 of a token's secret, hex. The secret is 256 random bits, so a slow hash would protect nothing more. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const bearer = /^Bearer +([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/i;

/** `Bearer <familyId>.<secret>`. @throws {HttpProblem} the same 401 for every token that cannot be one */
export const readDeviceToken = ({
  headers,
}: HttpRequest): { readonly familyId: string; readonly secretHash: string } => {
  const [, familyId, secret] = bearer.exec(headers['authorization'] ?? '') ?? [];
  if (familyId === undefined || secret === undefined) throw unauthorized();
  return { familyId: familyId.toLowerCase(), secretHash: hashSecret(secret) };
};
