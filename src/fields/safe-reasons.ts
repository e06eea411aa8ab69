// The reasons why a change of some fields cannot send a stored secret to another server.

/** The reasons for `FieldMeta.safeToChange` and `safeToTurnOn`. docs/secrets.md lists them, and a test checks each of them. */
export const SAFE_REASONS = {
  limit: 'It sets a limit, such as a number, a size or a time. It names no server.',
  timeZone:
    'It names a time zone. It may hold only letters, digits and _ + - / : and none of these ends it in an SQL text or a URL.',
  nameInside:
    'It names something inside the same server, for the same user. Characters that would end it in a URL, a driver string or SQL are refused.',
  separateValue:
    'It names something inside the same account. Every vendor receives it as a separate value, or percent-encoded inside a longer text.',
  vendorOnly: 'Only the vendor itself uses it. It never reaches the driver, its URL or its session.',
  stricter: 'When it is turned on, the secret can reach fewer servers than before.',
  signIn: 'It changes what is sent to sign in, not where it is sent.',
  environment: 'It selects one of several saved connections. Each of them signs in with its own secret.',
  removal:
    'The removed part had its own settings and secrets. The rest of the connection leads to the same server as before.',
  credential:
    'It is a credential. It is sent to the server that the connection leads to and does not change that server.',
} as const;
