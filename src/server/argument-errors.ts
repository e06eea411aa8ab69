// What graphql-js says of arguments while it executes. Most of it is names; one message quotes the argument's value.

/** Messages that are made of names alone. */
const NAMES_ONLY = [
  /^Argument "\w+" of required type "[\w[\]!]+" was not provided\.$/,
  /^Argument "\w+" of required type "[\w[\]!]+" was provided the variable "\$\w+" which was not provided a runtime value\.$/,
  /^Argument "\w+" of non-null type "[\w[\]!]+" must not be null\.$/,
];

/** The same without a value; null where it is no error of an argument. */
export function argumentMessage(message: string): string | null {
  if (!message.startsWith('Argument "')) return null;
  if (NAMES_ONLY.some((pattern) => pattern.test(message))) return message;
  const [, name] = /^Argument "(\w+)" has invalid value /.exec(message) ?? [];
  // Validation has seen all that is written in the document, so that only a variable can be wrong.
  const reason = 'A variable in it is null or missing where a value is needed.';
  return name === undefined ? `An argument is not valid. ${reason}` : `Argument "${name}" is not valid. ${reason}`;
}
