import { type AskedWork, type DoneWork, workText } from '../../../shared/domain/family/registration-work.ts';
import { sha256 } from '../../phone/sha256.ts';

/** So long it works at a stretch: a touch is answered at once all the same. */
const stretchMs = 40;

const rest = async (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

const beginsWithZeros = (digest: Int32Array, bits: number): boolean => (digest[0] ?? -1) >>> (32 - bits) === 0;

/** Does the work that a registration costs, between what else the page has to do. */
export const doWork = async ({ challenge, puzzles, zeroBits }: AskedWork): Promise<DoneWork> => {
  const answers: number[] = [];
  let until = performance.now() + stretchMs;
  for (let answer = 0; answers.length < puzzles; answer += 1) {
    const isFound = beginsWithZeros(sha256(workText(challenge, answers.length, answer)), zeroBits);
    if (answer % 64 === 0 && performance.now() > until) {
      await rest();
      until = performance.now() + stretchMs;
    }
    if (isFound) {
      answers.push(answer);
      answer = -1;
    }
  }
  return { challenge, answers };
};
