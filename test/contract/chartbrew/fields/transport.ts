// The fields of TLS and the SSH tunnel, and the fields that only Chartbrew writes, in the order of the field map.
import { field, writeSample, readSample, type Field } from '../../../support/field-samples.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../../../support/keys.ts';

const withTls = ['clickhouse', 'mysql', 'postgres'];
/** The dialects for which Chartbrew uses the TLS mode and files. */
const withFiles = ['mysql', 'postgres'];

/** The fields that a tunnel requires. */
const tunnel = {
  'options.chartbrew.ssh.enabled': true,
  'options.chartbrew.ssh.host': 'ssh.acme.example',
  'options.chartbrew.ssh.username': 'hop',
  'options.chartbrew.ssh.privateKey': PRIVATE_KEY,
};

const detail = (wire: string, name: string, type: string, raw: unknown, reported = raw): Field =>
  field(wire, [readSample(`ChartbrewDetails.${name}: ${type}`, raw, `details.${name}`, reported)]);

const ofSsh = (wire: string, name: string, type: string, value: unknown): Field =>
  field(wire, [
    writeSample(`SshTunnelInput.${name}: ${type}`, `options.chartbrew.ssh.${name}`, value, value, {
      beside: { ...tunnel, [`options.chartbrew.ssh.${name}`]: value },
    }),
    readSample(`SshTunnel.${name}: ${type}`, value, `details.ssh.${name}`, value),
  ]);

const secretOfSsh = (wire: string, name: string, value: string, isFile = false): Field =>
  field(wire, [
    writeSample(`SshTunnelInput.${name}: SecretString`, `options.chartbrew.ssh.${name}`, value, value, {
      isFile,
      beside: { ...tunnel, [`options.chartbrew.ssh.${name}`]: value },
    }),
    readSample(`SshTunnel.${name}: MaskedSecret!`, undefined, `details.ssh.${name}`, 'UNKNOWN'),
  ]);

const flagOfSsh = (wire: string, name: string): Field =>
  field(wire, [
    readSample(`SshTunnel.${name}: MaskedSecret!`, true, `details.ssh.${name}`, 'SET'),
    readSample(`SshTunnel.${name}: MaskedSecret!`, false, `details.ssh.${name}`, 'NOT_SET'),
  ]);

const certificate = (wire: string, name: string, text: string): Field =>
  field(
    wire,
    withFiles.flatMap((on) => [
      writeSample(`TlsInput.${name}: SecretString`, `config.${on}.tls.${name}`, text, text, {
        isFile: true,
        beside: { [`config.${on}.tls.enabled`]: true },
      }),
      readSample(`TlsConfig.${name}: MaskedSecret!`, '.connectionFiles/0123', `config.tls.${name}`, 'SET', { on }),
      readSample(`TlsConfig.${name}: MaskedSecret!`, null, `config.tls.${name}`, 'NOT_SET', { on }),
    ]),
  );

export const chartbrewTransport: readonly Field[] = [
  field(
    'ssl',
    withTls.flatMap((on) => [
      writeSample('TlsInput.enabled: Boolean', `config.${on}.tls.enabled`, true, true),
      readSample('TlsConfig.enabled: Boolean', true, 'config.tls.enabled', true, { on }),
    ]),
  ),
  field(
    'sslMode',
    withFiles.flatMap((on) => [
      writeSample('TlsInput.mode: String', `config.${on}.tls.mode`, 'verify-full', 'verify-full', {
        beside: { [`config.${on}.tls.enabled`]: true },
      }),
      writeSample('TlsInput.verify: Boolean', `config.${on}.tls.verify`, true, 'verify-ca', {
        beside: { [`config.${on}.tls.enabled`]: true },
      }),
      writeSample('TlsInput.verify: Boolean', `config.${on}.tls.verify`, true, 'verify-full', {
        beside: { [`config.${on}.tls.enabled`]: true, [`config.${on}.tls.certificate`]: CERTIFICATE },
      }),
      writeSample('TlsInput.verify: Boolean', `config.${on}.tls.verify`, true, 'verify-full', {
        beside: { [`config.${on}.tls.enabled`]: true, [`config.${on}.tls.key`]: PRIVATE_KEY },
      }),
      writeSample('TlsInput.verify: Boolean', `config.${on}.tls.verify`, false, 'require', {
        beside: { [`config.${on}.tls.enabled`]: true },
      }),
      readSample('TlsConfig.mode: String', 'verify-full', 'config.tls.mode', 'verify-full', { on }),
      readSample('TlsConfig.verify: Boolean', 'verify-full', 'config.tls.verify', true, { on }),
      readSample('TlsConfig.verify: Boolean', 'verify-ca', 'config.tls.verify', true, { on }),
      readSample('TlsConfig.verify: Boolean', 'require', 'config.tls.verify', false, { on }),
    ]),
  ),
  certificate('sslCa', 'ca', CERTIFICATE),
  certificate('sslCert', 'certificate', CERTIFICATE),
  certificate('sslKey', 'key', PRIVATE_KEY),
  detail('schema', 'discoveredSchema', 'JSONObject', { tables: ['orders'] }),
  ofSsh('useSsh', 'enabled', 'Boolean', true),
  ofSsh('sshHost', 'host', 'String', 'bastion.acme.example'),
  ofSsh('sshPort', 'port', 'Int', 2222),
  ofSsh('sshUsername', 'username', 'String', 'tunnel'),
  ofSsh('sshJumpHost', 'jumpHost', 'String', 'jump.acme.example'),
  ofSsh('sshJumpPort', 'jumpPort', 'Int', 2223),
  secretOfSsh('sshPassword', 'password', 'ssh-secret-1'),
  secretOfSsh('sshPassphrase', 'passphrase', 'ssh-secret-2'),
  secretOfSsh('sshPrivateKey', 'privateKey', PRIVATE_KEY, true),
  flagOfSsh('hasSshPassword', 'password'),
  flagOfSsh('hasSshPassphrase', 'passphrase'),
  flagOfSsh('hasSshPrivateKey', 'privateKey'),
  detail('allowPrivateHost', 'allowsPrivateHost', 'Boolean', true),
  field('createdAt', [
    readSample('Connection.createdAt: DateTime', '2026-02-01T07:00:00.000Z', 'createdAt', '2026-02-01T07:00:00.000Z'),
  ]),
  field('updatedAt', [
    readSample('Connection.updatedAt: DateTime', '2026-02-01T07:00:00.000Z', 'updatedAt', '2026-02-01T07:00:00.000Z'),
  ]),
  detail('OAuth.email', 'oauthEmail', 'String', 'analytics@acme.example'),
];
