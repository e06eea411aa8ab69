// The field that holds a Snowflake account identifier.
import { formedText } from '../fields/define-fields.ts';
import { snowflakeAccountOf } from '../formats/host.ts';
import { accountProblem } from '../formats/host-checks.ts';

/** Returns a field for a Snowflake account identifier. A whole host name is refused. */
export const accountName = (description: string) =>
  formedText(
    description,
    /^(?!.*\.[Ss][Nn][Oo][Ww][Ff][Ll][Aa][Kk][Ee][Cc][Oo][Mm][Pp][Uu][Tt][Ii][Nn][Gg]\.(?:[Cc][Oo][Mm]|[Cc][Nn])\.?$)[\w.-]*$/,
    'Must be only the account identifier.',
    {
      problem: accountProblem,
      isHost: true,
      role: 'host',
      accountOf: snowflakeAccountOf,
      example: 'xy12345.eu-west-1',
    },
  );
