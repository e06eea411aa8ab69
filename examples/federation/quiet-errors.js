// A gateway checks variables before any subgraph sees them, and graphql-js quotes what it refuses: with a typo beside a password,
// the password. Patchbay does not; what stands before it has to be told.

/**
 * @param {string} message
 * @returns {string} the same without the value of a variable
 */
export const withoutValue = (message) =>
  message.replace(/^(Variable "\$\w+" got invalid value) [\s\S]*$/, '$1; see its type.');
