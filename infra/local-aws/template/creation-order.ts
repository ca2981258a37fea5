import { referencesIn } from './intrinsics.ts';
import type { TemplateResource } from './template.ts';

/** Logical ids in an order in which each resource comes after all that it refers to or depends on. */
export const creationOrder = (resources: ReadonlyMap<string, TemplateResource>): readonly string[] => {
  const done = new Set<string>();
  const open = new Set<string>();

  const visit = (logicalId: string, path: readonly string[]): void => {
    const resource = resources.get(logicalId);
    if (resource === undefined || done.has(logicalId)) return;
    if (open.has(logicalId)) throw new Error(`circular dependency: ${[...path, logicalId].join(' -> ')}`);
    open.add(logicalId);
    for (const needed of [...resource.DependsOn, ...referencesIn(resource.Properties)]) {
      visit(needed, [...path, logicalId]);
    }
    open.delete(logicalId);
    done.add(logicalId);
  };

  for (const logicalId of resources.keys()) visit(logicalId, []);
  return [...done];
};
