// The operations that an instance or a connection may allow.

/** Each capability with its description in the schema. */
export const CAPABILITIES = {
  LIST: 'List the connections of an instance.',
  READ: 'Read one connection by its id.',
  CREATE: 'Create a connection with a dialect that the vendor supports.',
  UPDATE: 'Change those settings of a saved connection that the `updateSchema` of its dialect contains.',
  RENAME: 'Change the name of a saved connection.',
  DELETE: 'Delete a saved connection.',
  UPDATE_SECRETS: 'Replace the secrets of a saved connection.',
  TEST_SAVED: 'Test a saved connection with the secrets that its vendor stores.',
  TEST_UNSAVED: 'Test settings of a connection without saving them.',
} as const;
export type Capability = keyof typeof CAPABILITIES;
