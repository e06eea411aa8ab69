// The options and details of Chartbrew: fields that only Chartbrew accepts or reports, with their wire names.
import * as z from 'zod';
import { credentialSecret, flag, group, hostName, integer, json, list, text } from '../../fields/define-fields.ts';
import { SAFE_REASONS } from '../../fields/safe-reasons.ts';
import type { WireTable } from '../../domain/dialect-support.ts';

const shared = {
  projectIds: list('Ids of the projects whose members can see the connection.', integer('Id of a Chartbrew project.'), {
    safeToChange: SAFE_REASONS.vendorOnly,
  }),
  active: flag('Whether the connection is marked as active. Chartbrew stores this and connects in either case.', {
    safeToChange: SAFE_REASONS.vendorOnly,
  }),
  ssh: group(
    'SshTunnel',
    'SSH tunnel between Chartbrew and the database. Null means that none is set.',
    {
      // It has no safeToChange: without the tunnel, the host name may lead to another server, which would get the password.
      enabled: flag('Whether Chartbrew uses the tunnel. The other fields have an effect only when this is true.'),
      host: hostName('Host name of the SSH server.', {}),
      port: integer('TCP port of the SSH server. The usual port is 22.', { min: 1, max: 65_535 }),
      username: text('Name of the user at the SSH server.'),
      jumpHost: hostName(
        'Host name of a jump server in front of the SSH server. Chartbrew stores it and connects without it.',
        {},
      ),
      jumpPort: integer('TCP port of the jump server. Chartbrew stores it and connects without it.', {
        min: 1,
        max: 65_535,
      }),
      password: credentialSecret('Password of the SSH user.'),
      privateKey: credentialSecret(
        'Private key of the SSH user: the text of an OpenSSH or PEM file, at most 1 MiB. Patchbay sends it in a second request.',
        { format: 'sshKey' },
      ),
      passphrase: credentialSecret('Passphrase of the private key of the SSH user.', { opens: 'privateKey' }),
    },
    { switchedBy: 'enabled' },
  ),
};

export const chartbrewOptions = z.object(shared);

export const chartbrewDetails = z.object({
  teamId: integer('Id of the team that owns the connection.'),
  ...shared,
  subType: text("Chartbrew's word for the product within the connection's type, such as `timescaledb`."),
  allowsPrivateHost: flag(
    'Whether an operator of Chartbrew allows this connection to reach private network addresses.',
  ),
  oauthEmail: text(
    'E-mail address of the Google account that granted access. Null when there is no grant, and right after a create.',
  ),
  discoveredSchema: json('Names of the tables and columns that Chartbrew found, in its own format. Null in lists.'),
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
  // A file, which is uploaded in a request of its own.
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
