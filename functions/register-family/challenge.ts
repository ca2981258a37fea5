import { createHash, timingSafeEqual } from 'node:crypto';
import type { ChallengeResponse } from '../../shared/contracts/registration-challenge.ts';
import type { Clock } from '../../shared/domain/clock.ts';
import type { MetChallenge, Secrets } from '../../shared/domain/family/register-family.ts';
import { type DoneWork, registrationWork, workText } from '../../shared/domain/family/registration-work.ts';
import type { KeyedHash } from '../../shared/domain/keyed-hash.ts';
import { challengeMs } from '../../shared/domain/limits.ts';

export type ChallengeDeps = {
  /** Whether each registration costs the phone work. */
  readonly asksForWork: boolean;
  readonly keyedHash: KeyedHash;
  readonly secrets: Pick<Secrets, 'newLinkToken'>;
  readonly now: Clock;
};

const { puzzles, zeroBits } = registrationWork;

// Together with the rest of the text that is hashed it must fit into 55 characters: one block of SHA-256.
const idLength = 11;
const macLength = 24;

const macOf = async ({ keyedHash }: ChallengeDeps, id: string, expirySeconds: string): Promise<string> =>
  (await keyedHash(`registration-challenge|${id}|${expirySeconds}`)).slice(0, macLength);

/** `GET /v1/registration-challenge`: nothing of it is stored; what it was signed with says that it is ours. */
export const newChallenge = async (deps: ChallengeDeps): Promise<ChallengeResponse> => {
  if (!deps.asksForWork) return { work: null };
  const seconds = Math.ceil((deps.now().getTime() + challengeMs) / 1000);
  const [id, expirySeconds] = [deps.secrets.newLinkToken().slice(0, idLength), seconds.toString(36)];
  const challenge = `${id}.${expirySeconds}.${await macOf(deps, id, expirySeconds)}`;
  return { work: { challenge, puzzles, zeroBits, expiresAt: new Date(seconds * 1000).toISOString() } };
};

const beginsWithZeros = (digest: Buffer): boolean => digest.readUInt32BE() >>> (32 - zeroBits) === 0;

const isDone = ({ challenge, answers }: DoneWork): boolean =>
  answers.length === puzzles &&
  answers.every((answer, puzzle) =>
    beginsWithZeros(
      createHash('sha256')
        .update(workText(challenge, puzzle, answer))
        .digest(),
    ),
  );

const form = new RegExp(`^(\\w{${idLength}})\\.(\\w{1,8})\\.(\\w{${macLength}})$`);

/** `undefined`: the challenge is none of ours, or its work is not done. */
export const metChallenge = async (deps: ChallengeDeps, work: DoneWork): Promise<MetChallenge | undefined> => {
  const [, challengeId, expirySeconds, mac] = form.exec(work.challenge) ?? [];
  if (challengeId === undefined || expirySeconds === undefined || mac === undefined) return undefined;
  const isOurs = timingSafeEqual(Buffer.from(mac), Buffer.from(await macOf(deps, challengeId, expirySeconds)));
  if (!isOurs || !isDone(work)) return undefined;
  const expiresAt = new Date(Number.parseInt(expirySeconds, 36) * 1000);
  return { challengeId, expiresAt, stale: expiresAt <= deps.now() };
};
