import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLocalAws } from '../../../infra/local-aws/local-aws.ts';
import { parseTemplate } from '../../../infra/local-aws/template/template.ts';
import { fixtureAssembly } from '../support/fixture-assembly.ts';

const nested = (path: string) => ({
  Type: 'AWS::CloudFormation::Stack',
  Metadata: { 'aws:asset:path': path },
  Properties: { TemplateURL: 'https://s3.example/template.json', Parameters: { Suffix: { Ref: 'AWS::Region' } } },
});

const within = {
  Parameters: { Suffix: { Type: 'String' } },
  Resources: {
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: { 'Fn::Join': ['-', ['news', { Ref: 'Suffix' }]] } },
    },
  },
  Outputs: { Name: { Value: { 'Fn::GetAtt': ['Topic', 'TopicName'] } } },
};

const deploy = async (template: object) => {
  const made = await fixtureAssembly({}, { Nested: nested('nested.template.json') });
  const assembly = {
    ...made,
    template: { ...made.template, outputs: new Map([['Made', { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }]]) },
  };
  await writeFile(join(assembly.assetDirectory, 'nested.template.json'), JSON.stringify(template));
  const aws = await startLocalAws({ schedules: 'when-advanced' });
  try {
    return await aws.deploy(assembly);
  } finally {
    await aws.close();
    await assembly.dispose();
  }
};

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
test('a nested stack gets parameters and gives outputs, and its resources are those of the stack', async () => {
  const { outputs, topics } = await deploy(within);
  expect(outputs.get('Made')).toBe('news-us-east-1');
  expect(topics.map(({ name }) => name)).toEqual(['news-us-east-1']);
});

test('what it does not understand in a nested stack it refuses by name', async () => {
  await expect(deploy({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } })).rejects.toThrow(
    'AWS::S3::Bucket (Bucket): resource type is not understood',
  );
  expect(() => parseTemplate({})).toThrow();
});
