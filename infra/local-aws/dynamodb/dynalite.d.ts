/**
 * The parts of dynalite 4.0.0 that the local DynamoDB calls in this process. dynalite has no types of its own and no
 * documented inner interface, so package.json pins the exact version and test/local-aws/dynamodb.test.ts holds it.
 */
declare module 'dynalite/db/index.js' {
  import type { Stream } from 'node:stream';

  /** DynamoDB JSON: exactly one member is set; `B` and `BS` hold base64. */
  export type AttributeValue = {
    S?: string;
    N?: string;
    B?: string;
    BOOL?: boolean;
    NULL?: boolean;
    SS?: string[];
    NS?: string[];
    BS?: string[];
    L?: AttributeValue[];
    M?: Record<string, AttributeValue>;
  };
  export type Item = Record<string, AttributeValue>;
  export type KeyedTable = {
    KeySchema: { AttributeName: string }[];
    AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  };

  /** A request after dynalite checked it: the input with numbers normalised, and its expressions parsed. */
  export type CheckedRequest = {
    [parameter: string]: unknown;
    _updates?: { sections: UpdateSection[] };
    _condition?: { expression: unknown };
    _filter?: { expression: unknown };
  };
  export type UpdateSection = { type: string; path: (string | number)[] };

  export type Range = {
    gt?: string;
    gte?: string;
    lt?: string;
    lte?: string;
    reverse?: boolean;
    limit?: number;
  };
  export type BatchOperation = { type: 'put'; key: string; value: Item } | { type: 'del'; key: string };

  /** Sorted keys and JSON values; a batch is applied whole or not at all. */
  export type Level = {
    open(): Promise<void>;
    close(): Promise<void>;
    getSync(key: string): Item | undefined;
    batch(operations: BatchOperation[]): Promise<void>;
    values(range: Range): { nextv(size: number): Promise<Item[]>; close(): Promise<void> };
    clear(range: Range): Promise<void>;
  };

  export type Done = (error?: unknown) => void;
  export type GetTable = (error: unknown, table?: KeyedTable) => void;

  /** What dynalite's actions read from and write to. */
  export type ActionStore = {
    options: { maxItemSize: number };
    getTable(name: string, ...rest: [boolean, GetTable] | [GetTable]): void;
    getItemDb(tableName: string): ItemSection;
    getIndexDb(type: string, tableName: string, indexName: string): Section;
  };
  export type Section = {
    put(key: string, item: Item, done: Done): void;
    del(key: string, done: Done): void;
    createValueStream(range: Range): Stream;
  };
  export type ItemSection = Section & {
    lock(key: string, work: (release: <T>(callback: T) => T) => void): void;
    get(key: string, done: (error: unknown, item?: Item) => void): void;
  };

  const db: {
    create(options: { path?: string }): { db: Level };
    createKey(item: Item, table: KeyedTable): string;
  };
  export default db;
}

declare module 'dynalite/db/conditionParser.js' {
  import type { AttributeValue } from 'dynalite/db/index.js';

  export type Expressions = {
    /** @returns what the expression says, or what is wrong with it; throws where it is no expression. */
    parse: (text: string, options: { context: ExpressionContext }) => unknown;
  };
  export type ExpressionContext = {
    attrNames?: Record<string, string>;
    attrVals?: Record<string, AttributeValue>;
    /** Of a whole request: what no expression used so far. */
    unusedAttrNames: Record<string, unknown>;
    unusedAttrVals: Record<string, unknown>;
    isKeyCondition?: boolean;
  };

  const parser: Expressions;
  export default parser;
}

declare module 'dynalite/db/updateParser.js' {
  export { default } from 'dynalite/db/conditionParser.js';
}

declare module 'dynalite/db/projectionParser.js' {
  export { default } from 'dynalite/db/conditionParser.js';
}

declare module 'dynalite/validations/index.js' {
  import type { CheckedRequest } from 'dynalite/db/index.js';

  const validations: {
    checkTypes(input: Record<string, unknown>, types: object): CheckedRequest;
    checkValidations(
      request: CheckedRequest,
      types: object,
      custom: object | undefined,
      store: { options: { maxItemSize: number } },
    ): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  const validation: { types: object; custom?: object };
  export default validation;
}

declare module 'dynalite/actions/*' {
  import type { ActionStore, CheckedRequest } from 'dynalite/db/index.js';

  const action: (
    store: ActionStore,
    request: CheckedRequest,
    done: (error: unknown, output?: Record<string, unknown>) => void,
  ) => void;
  export default action;
}
