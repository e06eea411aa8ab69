// The fields that a JSON Schema of the catalogue names, by the ids of their boxes in a form.

export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly writeOnly?: boolean;
}

export const propertiesOf = ({ properties = {} }: JsonSchema): Readonly<Record<string, JsonSchema>> => properties;

/** Returns the alternatives of a one-of group; an empty list for a choice of values. */
export const alternativesOf = ({ oneOf = [] }: JsonSchema): readonly JsonSchema[] =>
  oneOf.filter((one) => !('const' in one));

export const isSecretSchema = ({ writeOnly }: JsonSchema): boolean => writeOnly === true;

export interface Box {
  readonly id: string;
  readonly isSecret: boolean;
}

/** Returns the boxes of an empty form: one for each field, a button for each list, a select box for each one-of group. */
export function boxesOf(id: string, schema: JsonSchema): readonly Box[] {
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([name, property]) => boxesOf(`${id}_${name}`, property));
  }
  const [first] = alternativesOf(schema);
  if (first) return [{ id: `${id}__oneof_select`, isSecret: false }, ...boxesOf(id, first)];
  return [{ id: schema.items ? `${id}__add` : id, isSecret: isSecretSchema(schema) }];
}
