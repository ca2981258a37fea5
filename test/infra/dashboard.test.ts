import { describe, expect, it } from 'vitest';
import { functionNames, metricDimensions, metricNames, resourceNames } from '../../shared/names.ts';
import { type Tree, everySetting, synth } from './synth.ts';

/** The page as CloudWatch gets it, with a name in the place of each reference. */
const widgetsOf = ({ ofType }: Awaited<ReturnType<typeof synth>>): Tree[] => {
  const [dashboard, ...others] = ofType('AWS::CloudWatch::Dashboard');
  expect(others).toEqual([]);
  expect(dashboard?.Properties.DashboardName).toBe(resourceNames.dashboard);
  const parts: Tree[] = dashboard?.Properties.DashboardBody['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : (part.Ref ?? part['Fn::GetAtt'][0]))).join('');
  return JSON.parse(text).widgets;
};

const linesOf = ({ properties }: Tree): string[] => {
  const drawn: Tree[][] = properties.metrics ?? [];
  return drawn.map((line) => line.filter((part) => typeof part === 'string').join(' '));
};

const expressionsOf = ({ properties }: Tree): string[] =>
  (properties.metrics ?? []).flatMap(([line]: Tree[]) => line.expression ?? []);

describe('the dashboard', () => {
  it('says in its first row whether the button works, from the press to whoever is told', async () => {
    const first = widgetsOf(await synth()).filter(({ y }) => y === 0);
    expect(first.reduce((width, widget) => width + widget.width, 0)).toBe(24);
    const [presses, told, canary, untold, errors] = first;
    expect(linesOf(presses)).toEqual([
      expect.stringMatching(/^AWS\/Lambda Invocations FunctionName RaiseAlert/),
      expect.stringMatching(/^AWS\/Lambda Errors FunctionName RaiseAlert/),
    ]);
    expect(linesOf(told)).toEqual(
      ['family', 'office', 'ministry'].map((whom) => `AlertButton SecondsUntilTold destination ${whom}`),
    );
    expect(canary.properties.query).toMatch(/SOURCE 'CanaryProbePressLogs.*canary\.heard.*max\(seconds\)/s);
    expect(linesOf(untold)).toEqual(['AlertButton OldestUntoldSeconds']);
    expect(linesOf(errors)).toEqual([
      'AWS/Lambda Errors',
      'AWS/Lambda Throttles',
      expect.stringMatching(/^AWS\/ApiGateway 5xx ApiId HttpApi/),
    ]);
  });

  it('shows every alarm, what each function means for people, and the numbers by office', async () => {
    const stack = await synth();
    const widgets = widgetsOf(stack);
    const shown = widgets.find(({ type }) => type === 'alarm').properties.alarms;
    expect(shown).toHaveLength(stack.ofType('AWS::CloudWatch::Alarm').length);
    const text = widgets.find(({ type }) => type === 'text').properties.markdown;
    for (const name of functionNames) expect(text).toMatch(new RegExp(`^\\| ${name} \\| .+ \\|$`, 'm'));
    const searched = widgets.flatMap(expressionsOf);
    for (const metric of [
      metricNames.secondsUntilTold,
      metricNames.secondsToAcknowledgement,
      metricNames.unreachableDestinations,
    ]) {
      expect(metricDimensions[metric]).toContainEqual(['officeId']);
      const found = searched.find((expression: string) => expression.includes(`MetricName="${metric}"`));
      expect(found).toMatch(/^SORT\(SEARCH\('\{AlertButton,officeId\} .*, DESC, 9\)$/);
    }
  });

  it('says how much of SNS’s quotas is used, in percent of what the account has by now', async () => {
    const used = widgetsOf(await synth()).find(({ properties }) => properties.title?.startsWith('Used of SNS quotas'));
    expect(expressionsOf(used)).toEqual(
      ['topics', 'filters', 'pending'].map((id) => `100 * ${id} / SERVICE_QUOTA(${id})`),
    );
    expect(linesOf(used).filter((line) => line !== '')).toEqual(
      ['Topics', 'FilterPolicies', 'PendingSubscriptions'].map((what) =>
        expect.stringMatching(new RegExp(`^AWS/Usage ResourceCount .*Resource ApproximateNumberOf${what}`)),
      ),
    );
  });

  it('draws at most the 50 metrics with which CloudWatch gives an account three for nothing', async () => {
    for (const settings of [{}, everySetting]) {
      const widgets = widgetsOf(await synth(settings));
      const searches = widgets.flatMap(expressionsOf).filter((expression) => expression.includes('SEARCH('));
      const named = new Set(widgets.flatMap(linesOf).filter((line) => line !== ''));
      expect(named.size + searches.length * 9).toBeLessThanOrEqual(50);
    }
  });

  it('says so where there is no canary', async () => {
    const first = widgetsOf(await synth(everySetting)).filter(({ y }) => y === 0);
    expect(first[2].properties.markdown).toContain('canaryMinutes');
  });
});
