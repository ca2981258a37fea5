import type { Assembly } from '../../infra/local-aws/assembly.ts';
import { folderNameOf } from '../../infra/local/folder-name.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import type { TemplateResource } from '../../infra/local-aws/template/template.ts';

/** What to change about one function, by its folder. */
export type Edit = {
  readonly timeoutSeconds?: number;
  /** Actions taken away from its role, as the template writes them. */
  readonly withoutActions?: readonly string[];
  /** Variables of its environment, beside the others. */
  readonly variables?: Readonly<Record<string, string>>;
};

type Statement = { Action: string | string[] };

const edited = (
  resource: TemplateResource,
  { timeoutSeconds, withoutActions = [], variables }: Edit,
): TemplateResource => {
  const { Type, Properties } = structuredClone(resource);
  if (Type === 'AWS::Lambda::Function' && timeoutSeconds !== undefined) {
    return { ...resource, Properties: { ...Properties, Timeout: timeoutSeconds } };
  }
  if (Type === 'AWS::Lambda::Function' && variables) {
    const { Variables } = Properties['Environment'] as { Variables: object };
    return { ...resource, Properties: { ...Properties, Environment: { Variables: { ...Variables, ...variables } } } };
  }
  if (Type !== 'AWS::IAM::Policy') return resource;
  const { Statement } = Properties['PolicyDocument'] as { Statement: Statement[] };
  const granted = new Set(Statement.flatMap(({ Action }) => Action));
  const strange = withoutActions.filter((action) => !granted.has(action));
  if (strange.length > 0) throw new Error(`no grant of ${strange.join()} to take away`);
  const kept = Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => !withoutActions.includes(action)),
  })).filter(({ Action }) => Action.length > 0);
  return { ...resource, Properties: { ...Properties, PolicyDocument: { Version: '2012-10-17', Statement: kept } } };
};

/** The app's own stack with single properties of its functions changed, as a mistaken deploy might leave it. */
export const editedAssembly = async (edits: Readonly<Record<string, Edit>>): Promise<Assembly> => {
  const assembly = await synthesise();
  const editOf = (logicalId: string): Edit | undefined =>
    edits[folderNameOf(logicalId.replace(/RoleDefaultPolicy[0-9A-F]{8}$/, ''))];
  const resources = [...assembly.template.resources].map(([logicalId, resource]): [string, TemplateResource] => {
    const edit = editOf(logicalId);
    return [logicalId, edit ? edited(resource, edit) : resource];
  });
  return { ...assembly, template: { ...assembly.template, resources: new Map(resources) } };
};
