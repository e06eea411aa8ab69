// What only Chartbrew takes and tells of a connection, and its name in the API.
import * as z from 'zod';
import { credentialSecret, flag, group, hostName, integer, json, list, text } from '../../fields/define-fields.ts';
import { SAFE_REASONS } from '../../fields/safe-reasons.ts';
import type { WireTable } from '../../domain/vendor.ts';

const shared = {
  projectIds: list('Projects whose roles see the connection.', integer('Id of a Chartbrew project.'), {
    safeToChange: SAFE_REASONS.vendorOnly,
  }),
  active: flag('Whether the connection is in use. Chartbrew keeps it as a note and connects either way.', {
    safeToChange: SAFE_REASONS.vendorOnly,
  }),
  ssh: group(
    'SshTunnel',
    'SSH tunnel between Chartbrew and the database.',
    {
      // Without it the host's name is looked up, and its password sent, in another network.
      enabled: flag('Whether the tunnel is used. It must be true for the rest to have an effect.'),
      host: hostName('Host name of the SSH server.', {}),
      port: integer('TCP port of the SSH server; 22 is the usual one.', { min: 1, max: 65_535 }),
      username: text('User to sign in as at the SSH server.'),
      jumpHost: hostName('Host name of a server to hop over. Chartbrew keeps it and connects without it.', {}),
      jumpPort: integer('TCP port of that server. Chartbrew keeps it and connects without it.', {
        min: 1,
        max: 65_535,
      }),
      password: credentialSecret('Password of the SSH user.'),
      privateKey: credentialSecret(
        'Private key of the SSH user: the text of an OpenSSH or PEM file. Sent in a second call (at most 1 MiB).',
        { form: 'sshKey' },
      ),
      passphrase: credentialSecret('Passphrase of that private key.', { opens: 'privateKey' }),
    },
    { switchedBy: 'enabled' },
  ),
};

export const chartbrewOptions = z.object(shared);

export const chartbrewDetails = z.object({
  teamId: integer('Team that owns the connection.'),
  ...shared,
  subType: text("Chartbrew's word for the product within the type, as timescaledb."),
  allowsPrivateHost: flag('Whether an operator has let this connection reach private addresses.'),
  oauthEmail: text('E-mail of the Google account behind the grant; null right after a create.'),
  discoveredSchema: json('Table and column names that Chartbrew found, as it keeps them; null in lists.'),
});

const sharedWire = {
  projectIds: 'project_ids',
  active: 'active',
  'ssh.enabled': 'useSsh',
  'ssh.host': 'sshHost',
  'ssh.port': 'sshPort',
  'ssh.username': 'sshUsername',
  'ssh.jumpHost': 'sshJumpHost',
  'ssh.jumpPort': 'sshJumpPort',
  'ssh.password': 'sshPassword',
  'ssh.passphrase': 'sshPassphrase',
  // A file: goes up in a call of its own.
  'ssh.privateKey': { wire: 'sshPrivateKey', derived: true },
} as const satisfies WireTable;

export const chartbrewOptionsWire: WireTable = sharedWire;

export const chartbrewDetailsWire: WireTable = {
  ...sharedWire,
  teamId: 'team_id',
  subType: 'subType',
  allowsPrivateHost: 'allowPrivateHost',
  oauthEmail: 'OAuth.email',
  discoveredSchema: 'schema',
};
