// Functions that check a GraphQL schema against a rule. Each returns the places that break the rule.
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

export interface Element {
  /** Such as `Query.connections.first`. */
  readonly path: string;
  readonly description: string | null | undefined;
  readonly type?: string;
}

export const typesOf = (all: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(all.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type));

function partsOf(type: GraphQLNamedType): Element[] {
  if (isEnumType(type)) {
    return type.getValues().map(({ name, description }) => ({ path: `${type.name}.${name}`, description }));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => ({
      path: `${type.name}.${field.name}`,
      description: field.description,
      type: String(field.type),
    }));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    { path: `${type.name}.${field.name}`, description: field.description, type: String(field.type) },
    ...field.args.map((arg) => ({
      path: `${type.name}.${field.name}.${arg.name}`,
      description: arg.description,
      type: String(arg.type),
    })),
  ]);
}

/** Returns every type, field, argument, input field and enum value. */
export const elementsOf = (all: GraphQLSchema): Element[] =>
  typesOf(all).flatMap((type) => [{ path: type.name, description: type.description }, ...partsOf(type)]);

/** Words without a meaning of their own. */
const EMPTY_WORDS = new Set(['a', 'an', 'the', 'of', 'for', 'its', 'this']);

const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word))
    .map((word) => word.replace(/s$/, ''));

/** Returns whether a description only repeats the words of the path. */
function repeatsPath({ path, description }: Element): boolean {
  const pathWords = new Set(wordsOf(path));
  const words = wordsOf(description ?? '');
  return words.length < 2 || words.every((word) => pathWords.has(word));
}

export const undescribed = (all: GraphQLSchema): string[] =>
  elementsOf(all)
    .filter(repeatsPath)
    .map(({ path }) => path);

/** Returns the fields that have several types among the members of a union or the implementers of an interface. */
export const conflicts = (all: GraphQLSchema): string[] =>
  typesOf(all)
    .filter(isAbstractType)
    .flatMap((abstract) => {
      const types = new Map<string, Set<string>>();
      for (const field of all.getPossibleTypes(abstract).flatMap((member) => Object.values(member.getFields()))) {
        types.set(field.name, (types.get(field.name) ?? new Set()).add(String(field.type)));
      }
      return [...types]
        .filter(([, several]) => several.size > 1)
        .map(([name, several]) => `${abstract.name}.${name}: ${[...several].join(' or ')}`);
    });

/** Returns the output fields that could return a secret. */
export const secretOutputs = (all: GraphQLSchema): string[] =>
  typesOf(all)
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => getNamedType(field.type).name === 'SecretString')
    .map(({ type, field }) => `${type.name}.${field.name}`);

/** Returns the fields of a type without their arguments, such as `port: Int`. */
export const fieldsOf = (all: GraphQLSchema, name: string): string[] => {
  const type = all.getType(name);
  const fields = type ? partsOf(type).filter(({ path }) => path.split('.').length === 2) : [];
  return fields.map((field) => `${field.path.split('.')[1]}: ${field.type}`);
};

/** Returns the fields of an input type that are secrets. */
export const secretInputs = (all: GraphQLSchema, name: string): string[] =>
  fieldsOf(all, name)
    .filter((field) => /: \[*SecretString\b/.test(field))
    .map((field) => field.replace(/:.*/, ''));
