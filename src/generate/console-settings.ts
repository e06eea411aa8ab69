// The GraphQL fragments by which the console reads all settings of a connection, whatever its dialect and its vendor.
import { getNamedType, isObjectType, isUnionType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

const HEAD = `# Written by \`npm run generate\`: every setting that a connection can have. A fragment is named after its type.
`;

const fragmentName = ({ name }: { readonly name: string }): string => `All${name}`;

/** Returns the line that selects a field. */
function selectionOf({ name, type }: ReturnType<GraphQLObjectType['getFields']>[string]): string {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isUnionType(named)) return name;
  // The mask is always the same.
  return named.name === 'MaskedSecret' ? `${name} {\n    status\n  }` : `${name} {\n    ...${fragmentName(named)}\n  }`;
}

/** Returns the types that the fragments need: the roots, and all types of their fields. */
function typesBelow(schema: GraphQLSchema, roots: readonly string[]): readonly string[] {
  const names = new Set(roots);
  // The set grows while it is walked.
  for (const name of names) {
    const type = schema.getType(name);
    if (isUnionType(type)) for (const member of type.getTypes()) names.add(member.name);
    if (!isObjectType(type)) continue;
    for (const { type: field } of Object.values(type.getFields())) {
      const named = getNamedType(field);
      if ((isObjectType(named) || isUnionType(named)) && named.name !== 'MaskedSecret') names.add(named.name);
    }
  }
  return [...names];
}

/** Returns the file of fragments. Those of unions select the type's name and all fields of each member. */
export function consoleSettings(schema: GraphQLSchema): string {
  const fragments = typesBelow(schema, ['ConnectionConfig', 'VendorDetails']).map((name) => {
    const type = schema.getType(name);
    const lines = isUnionType(type)
      ? ['__typename', ...type.getTypes().map((member) => `...${fragmentName(member)}`)]
      : isObjectType(type)
        ? Object.values(type.getFields()).map(selectionOf)
        : [];
    return `fragment ${fragmentName({ name })} on ${name} {\n  ${lines.join('\n  ')}\n}\n`;
  });
  return [HEAD, ...fragments].join('\n');
}
