import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withTranscript } from '../deploy/transcript.ts';

const document = 'before\n<!-- rehearsal -->\nold\n<!-- /rehearsal -->\nafter\n';

describe('the transcript of the rehearsal', () => {
  it('stands between its marks, without what differs from run to run', () => {
    const written = withTranscript(document, [
      ['install ministack', 'ministack==1 on Python 3, from the cache'],
      ['start', 'https://localhost:38017, functions on Node 24'],
      ['black-box checks', '1 pass\n           - health answers'],
      ['cdk destroy', ''],
    ]);
    expect(written).toBe(`before
<!-- rehearsal -->

\`\`\`
install ministack: ministack==1 on Python 3
start: https://localhost:<port>, functions on Node 24
black-box checks: 1 pass
  - health answers
cdk destroy
\`\`\`

<!-- /rehearsal -->
after
`);
    expect(withTranscript(written, [['cdk destroy', '']])).not.toContain('health');
  });

  it('has a place in docs/rehearsal.md', () => {
    expect(() => withTranscript(readFileSync('docs/rehearsal.md', 'utf8'), [])).not.toThrow();
    expect(() => withTranscript('without marks', [])).toThrow('marks');
  });
});
