// The input of the field `_entities` of Apollo Federation.

/** A reference to an entity: the name of its type and its key. */
export interface Representation {
  readonly __typename: string;
  readonly id?: unknown;
}
