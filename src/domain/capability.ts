// The operations that an instance or a connection may allow.

/** Each capability with its description in the schema. */
export const CAPABILITIES = {
  LIST: 'List the connections of an instance.',
  READ: 'Read one connection by its id.',
  CREATE: 'Create a connection with a dialect that the vendor supports.',
  UPDATE: 'Change the settings of a saved connection that `updateSchema` of its dialect has.',
  RENAME: 'Give a saved connection another name.',
  DELETE: 'Delete a saved connection.',
  UPDATE_SECRETS: 'Replace the secrets of a saved connection.',
  TEST_SAVED: 'Test a saved connection with the secrets that its vendor stores.',
  TEST_UNSAVED: 'Test settings of a connection without saving them.',
} as const;
export type Capability = keyof typeof CAPABILITIES;
