// The messages of graphql-js about arguments during execution. One of them quotes the argument's value.

/** Messages that consist of names of the schema only. */
const NAMES_ONLY = [
  /^Argument "\w+" of required type "[\w[\]!]+" was not provided\.$/,
  /^Argument "\w+" of required type "[\w[\]!]+" was provided the variable "\$\w+" which was not provided a runtime value\.$/,
  /^Argument "\w+" of non-null type "[\w[\]!]+" must not be null\.$/,
];

/** Returns the message without the argument's value; null when the message is not about an argument. */
export function argumentMessage(message: string): string | null {
  if (!message.startsWith('Argument "')) return null;
  if (NAMES_ONLY.some((pattern) => pattern.test(message))) return message;
  const [, name] = /^Argument "(\w+)" has invalid value /.exec(message) ?? [];
  // Validation has checked all literals of the document, so only a variable can be wrong.
  const reason = 'A variable in it is null or missing where a value is required.';
  return name === undefined ? `An argument is not valid. ${reason}` : `Argument "${name}" is not valid. ${reason}`;
}
