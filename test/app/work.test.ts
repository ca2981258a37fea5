import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editedAssembly } from '../support/edited-assembly.ts';
import { register, startPhones } from './phones.ts';

const assembly = await editedAssembly({ 'register-family': { variables: { ASKS_FOR_WORK: 'yes' } } });
const phones = await startPhones(undefined, { assembly });
beforeEach(async () => phones.stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

const families = { challenge: 'GET /v1/registration-challenge', post: 'POST /v1/families' };
const registering = (asked: readonly string[]): readonly string[] =>
  asked.filter((each) => each.startsWith(families.challenge) || each.startsWith(families.post));

describe('setting up where the service asks for work', () => {
  it('does the work by itself, and registers', async () => {
    const phone = await phones.open();
    await register(phone);
    await phone.page.getByRole('button', { name: 'ALERTA', exact: true }).waitFor();
    expect(registering(phone.asked())).toEqual([families.post, families.challenge, families.post]);
  });

  it('does it again if it came too late, and registers', async () => {
    const phone = await phones.open();
    let late = 1;
    await phone.context.route('**/v1/registration-challenge', async (route) => {
      const answer = await route.fetch();
      if (late > 0) await phones.stack.advance(11);
      late -= 1;
      await route.fulfill({ response: answer });
    });
    await register(phone);
    await phone.page.getByRole('button', { name: 'ALERTA', exact: true }).waitFor();
    const { post, challenge } = families;
    expect(registering(phone.asked())).toEqual([post, challenge, post, challenge, post]);
  });

  it('sends a registration whose answer was lost again with the work that it has', async () => {
    const phone = await phones.open();
    let lost = 1;
    await phone.context.route('**/v1/families', async (route) => {
      const answer = await route.fetch();
      if (answer.status() !== 201 || lost === 0) return route.fulfill({ response: answer });
      lost -= 1;
      return route.abort('connectionreset');
    });
    await register(phone);
    await phone.page.getByRole('button', { name: 'ALERTA', exact: true }).waitFor();
    const { post, challenge } = families;
    expect(registering(phone.asked())).toEqual([post, challenge, post, post]);
  });
});
