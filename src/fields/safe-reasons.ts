// The reasons why a change of some fields cannot send a stored secret to another server.

/** The reasons for `FieldMeta.safeToChange` and `safeToTurnOn`. docs/secrets.md lists them, and a test checks each of them. */
export const SAFE_REASONS = {
  limit: 'It limits how much or how long. It names no server.',
  timeZone:
    'It names a time zone. It may hold only letters, digits and _ + - / : and none of these ends it in an SQL text or a URL.',
  nameInside:
    'It names something inside the same server, for the same user. Characters that would end it in a URL, a driver string or SQL are refused.',
  separateValue:
    'It names something inside the same account. Every vendor receives it as a separate value, or percent-encoded inside a longer text.',
  vendorOnly: 'The vendor uses it itself. It never reaches the driver, its URL or its session.',
  stricter: 'Turned on, it lets the secret go to fewer servers than before.',
  signIn: 'It changes what is sent to sign in, not where it is sent.',
  environment: 'It picks among saved connections, each of which signs in with its own secret.',
  removal:
    'The removed part had its own settings and secrets. The rest of the connection leads to the same server as before.',
  credential:
    'It is a credential. It is sent to the server that the connection leads to and does not change that server.',
} as const;
