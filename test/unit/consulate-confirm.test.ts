import { describe, expect, it } from 'vitest';
import { offices } from '../../infra/operator/offices.ts';
import { operator } from '../support/operator-commands.ts';

const mailbox = 'guardia@example.org';

/** A mailbox that was asked to confirm alerts of Boise, with the mail that it got. */
const asked = async () => {
  const desk = await operator({ confirm: 'manual' });
  await desk.run('subscribe', 'boise', 'email', mailbox);
  const [mail] = desk.sns.inbox({ endpoint: mailbox });
  return { ...desk, token: mail!.token!, link: /https:\S+/.exec(mail!.body)![0] };
};

const unsubscribeByLink = ({ sns }: Awaited<ReturnType<typeof asked>>): void => {
  const topic = sns.topics().find((one) => one.topic === 'alert-button-consulate-boise')!;
  sns.openUnsubscribeLink(topic.subscriptions[0]!.arn);
};

describe('npm run consulate -- confirm', () => {
  it.each(['token alone', 'token and office', 'link alone', 'link and office'])(
    'confirms by %s so that a mail scanner cannot end the subscription',
    async (given) => {
      const desk = await asked();
      const token = ['--token', given.startsWith('link') ? desk.link : desk.token];
      const result = await desk.run('confirm', ...(given.endsWith('office') ? ['boise'] : []), ...token);
      expect(result).toMatchObject({ code: 0, out: expect.stringContaining('g…@example.org hears alerts of boise') });
      expect(() => unsubscribeByLink(desk)).toThrow(/Not authorized/);
      expect((await desk.run('list')).out).toMatch(/^boise .*email 1 /m);
    },
  );

  it('prints JSON for programs', async () => {
    const desk = await asked();
    const { code, out } = await desk.run('confirm', '--token', desk.token, '--json');
    expect({ code, json: JSON.parse(out) }).toEqual({
      code: 0,
      json: {
        office: 'boise',
        protocol: 'email',
        endpoint: 'g…@example.org',
        status: 'confirmed',
        authenticateOnUnsubscribe: true,
      },
    });
  });

  it.each([
    ['expired', async (desk: Awaited<ReturnType<typeof asked>>) => desk.advance(49), []],
    ['of another office', async () => {}, ['yuma']],
    [
      'of no subscription',
      async (desk: Awaited<ReturnType<typeof asked>>) => desk.sns.removeSubscriptions('alert-button-consulate-boise'),
      [],
    ],
  ])('ends with 2 and says what to do when the token is %s', async (_, happen, office) => {
    const desk = await asked();
    await happen(desk);
    const { code, out, err } = await desk.run('confirm', ...office, '--token', desk.token);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/SNS does not know this token.*valid for 48 hours.*subscribe again/);
    expect(err).not.toContain(desk.token);
  });

  it('confirms the mailboxes of all offices in one go, and one bad link keeps no other from it', async () => {
    const desk = await operator({ confirm: 'manual' });
    const open = offices.filter(({ required }) => required);
    for (const { id } of open) await desk.run('subscribe', id, 'email', `guardia@${id}.example`);
    const links = open.map(
      ({ id }) => /https:\S+/.exec(desk.sns.inbox({ endpoint: `guardia@${id}.example` })[0]!.body)![0],
    );
    const [first = '', ...others] = links;
    const unknown = 'a'.repeat(64);
    const { code, out, err } = await desk.run('confirm', '--token', first, '--token', [unknown, ...others].join('\n'));
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(out.match(/^Confirmed: /gm)).toHaveLength(open.length);
    expect(out).toContain(`Link 2 of ${open.length + 1}: SNS does not know this token`);
    expect(out).not.toContain(unknown);
    expect((await desk.run('list')).code).toBe(0);
  });

  it('says of several to programs which were confirmed, and which of the links were not', async () => {
    const desk = await asked();
    const { code, out } = await desk.run('confirm', '--token', `${desk.link} ${'a'.repeat(64)}`, '--json');
    expect({ code, json: JSON.parse(out) }).toEqual({
      code: 2,
      json: { confirmed: [expect.objectContaining({ office: 'boise' })], failed: [2] },
    });
  });

  it.each(['', ' \n'])('says that no link is there, as of an empty file: "%s"', async (token) => {
    const desk = await asked();
    expect(await desk.run('confirm', '--token', token)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining("Give the link of SNS's confirmation mail"),
    });
  });

  it('refuses the link of another office than the one named, and that of a family', async () => {
    const desk = await asked();
    expect(await desk.run('confirm', 'yuma', '--token', desk.link)).toMatchObject({
      code: 2,
      err: 'That link is for alert-button-consulate-boise, not for yuma.',
    });
    const ofFamily = desk.link.replace('alert-button-consulate-boise', 'alert-button-family-1');
    expect(await desk.run('confirm', '--token', ofFamily)).toMatchObject({
      code: 2,
      err: expect.stringContaining("a family's contact"),
    });
    expect(desk.sent.map(({ operation }) => operation)).not.toContain('ConfirmSubscription');
  });

  it('ends with 1 when the link had been opened before, as SNS then keeps the subscription as it was', async () => {
    const desk = await asked();
    desk.answerAttributes({ ConfirmationWasAuthenticated: 'false' });
    const { code, out } = await desk.run('confirm', '--token', desk.token);
    expect(code).toBe(1);
    expect(out).toMatch(/its link had been opened before: a mail scanner can unsubscribe it/);
  });
});
