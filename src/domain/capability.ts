// The operations that an instance or a connection may allow.

/** Each capability with its description in the schema. */
export const CAPABILITIES = {
  LIST: 'List its connections.',
  READ: 'Read one connection by its id.',
  CREATE: 'Create a connection, in the dialects that its vendor takes.',
  UPDATE: 'Change the settings of a saved connection, as far as `updateSchema` says.',
  RENAME: 'Give a saved connection another name.',
  DELETE: 'Delete a saved connection.',
  UPDATE_SECRETS: 'Replace the secrets of a saved connection.',
  TEST_SAVED: 'Test a saved connection with the secrets its vendor holds.',
  TEST_UNSAVED: 'Test a configuration without saving it.',
} as const;
export type Capability = keyof typeof CAPABILITIES;
