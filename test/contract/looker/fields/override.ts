// Looker's override for derived tables (DBConnectionOverride), in the order of the field map, with the aliases of its fields.
import { field, writeSample, readSample, type Exception, type Field } from '../../../support/field-samples.ts';
import { KEY_FILE } from '../../create-case.ts';
import { KEY_FILE_BASE64 } from '../create-cases/files.ts';
import { P12_BASE64 } from './sign-in.ts';

/** A text of the override. Its alias is read when the field itself is missing. */
const ofOverride = (wire: string, name: string, value: string): Field =>
  field(`pdt_context_override.${wire}`, [
    writeSample(`LookerPdtOverrideInput.${name}: String`, `options.looker.pdtOverride.${name}`, value, value),
    readSample(`LookerPdtOverride.${name}: String`, value, `details.pdtOverride.${name}`, value, {
      on: 'withOverride',
    }),
    readSample(`LookerPdtOverride.${name}: String`, value, `details.pdtOverride.${name}`, value, {
      on: 'withOverride',
      wirePath: `pdt_context_override.pdt_${wire}`,
    }),
  ]);

const secretOfOverride = (wire: string, name: string, value: string): Field =>
  field(`pdt_context_override.${wire}`, [
    writeSample(`LookerPdtOverrideInput.${name}: SecretString`, `options.looker.pdtOverride.${name}`, value, value),
    readSample(`LookerPdtOverride.${name}: MaskedSecret!`, value, `details.pdtOverride.${name}`, 'SET', {
      on: 'withOverride',
    }),
    readSample(`LookerPdtOverride.${name}: MaskedSecret!`, null, `details.pdtOverride.${name}`, 'NOT_SET', {
      on: 'withOverride',
    }),
    readSample(`LookerPdtOverride.${name}: MaskedSecret!`, value, `details.pdtOverride.${name}`, 'SET', {
      on: 'withOverride',
      wirePath: `pdt_context_override.pdt_${wire}`,
    }),
  ]);

export const lookerOverride: readonly Field[] = [
  field('pdt_context_override.context', [
    writeSample(
      'LookerOptionsInput.pdtOverride: LookerPdtOverrideInput',
      'options.looker.pdtOverride',
      { host: 'pdt.acme.example' },
      'pdt',
    ),
    readSample('LookerPdtOverride.context: String', 'pdt', 'details.pdtOverride.context', 'pdt'),
  ]),
  ofOverride('host', 'host', 'pdt.acme.example'),
  field('pdt_context_override.port', [
    writeSample('LookerPdtOverrideInput.port: Int', 'options.looker.pdtOverride.port', 5433, '5433'),
    readSample('LookerPdtOverride.port: Int', '5433', 'details.pdtOverride.port', 5433, { on: 'withOverride' }),
    readSample('LookerPdtOverride.port: Int', '5433', 'details.pdtOverride.port', 5433, {
      on: 'withOverride',
      wirePath: 'pdt_context_override.pdt_port',
    }),
  ]),
  ofOverride('username', 'username', 'pdt_builder'),
  field('pdt_context_override.password', [
    writeSample(
      'LookerPdtOverrideInput.password: SecretString',
      'options.looker.pdtOverride.password',
      'pw-secret-3',
      'pw-secret-3',
    ),
    readSample('LookerPdtOverride.password: MaskedSecret!', undefined, 'details.pdtOverride.password', 'UNKNOWN', {
      on: 'withOverride',
    }),
  ]),
  field('pdt_context_override.has_password', [
    readSample('LookerPdtOverride.password: MaskedSecret!', true, 'details.pdtOverride.password', 'SET', {
      on: 'withOverride',
    }),
    readSample('LookerPdtOverride.password: MaskedSecret!', false, 'details.pdtOverride.password', 'NOT_SET', {
      on: 'withOverride',
    }),
  ]),
  field('pdt_context_override.certificate', [
    writeSample(
      'LookerCertificateInput.body: SecretString!',
      'options.looker.pdtOverride.certificate.body',
      KEY_FILE,
      KEY_FILE_BASE64,
      { beside: { 'options.looker.pdtOverride.certificate.fileType': 'JSON' } },
    ),
    writeSample(
      'LookerPdtOverrideInput.certificate: LookerCertificateInput',
      'options.looker.pdtOverride.certificate',
      { body: P12_BASE64, fileType: 'P12' },
      P12_BASE64,
    ),
    readSample(
      'LookerPdtOverride.certificate: MaskedSecret!',
      undefined,
      'details.pdtOverride.certificate',
      'UNKNOWN',
      {
        on: 'withOverride',
      },
    ),
  ]),
  field(
    'pdt_context_override.file_type',
    [
      ['JSON', KEY_FILE, '.json'],
      ['P12', P12_BASE64, '.p12'],
    ].map(([type, body, sends]) =>
      writeSample(
        'LookerCertificateInput.fileType: LookerCertificateType!',
        'options.looker.pdtOverride.certificate.fileType',
        type,
        sends,
        { beside: { 'options.looker.pdtOverride.certificate.body': body } },
      ),
    ),
  ),
  ofOverride('database', 'database', 'scratch'),
  ofOverride('schema', 'schema', 'pdt'),
  secretOfOverride('jdbc_additional_params', 'jdbcAdditionalParams', 'a=url-secret-2'),
  secretOfOverride('after_connect_statements', 'afterConnectStatements', 'SET a = sql-secret-2'),
  field('pdt_context_override.pdt_service_name', [
    writeSample('LookerPdtOverrideInput.serviceName: String', 'options.looker.pdtOverride.serviceName', 'PDB1', 'PDB1'),
    readSample('LookerPdtOverride.serviceName: String', 'PDB1', 'details.pdtOverride.serviceName', 'PDB1', {
      on: 'withOverride',
    }),
  ]),
];

const alias = (wire: string, raw: string) => ({
  wire,
  why: 'same as the field without pdt_; never sent, read where that is missing',
  unread: { on: 'withWholeOverride', wirePath: `pdt_context_override.${wire}`, raw },
});

const writtenAlias = (wire: string) => ({ wire, why: 'same as the field without pdt_; never sent, never reported' });

/** Each is an alias of the field without `pdt_`. */
export const lookerOverrideAliases: readonly Exception[] = [
  alias('pdt_host', 'twin.acme.example'),
  alias('pdt_port', '7777'),
  alias('pdt_username', 'twin'),
  writtenAlias('pdt_password'),
  writtenAlias('pdt_certificate'),
  writtenAlias('pdt_file_type'),
  alias('pdt_database', 'twin'),
  alias('pdt_schema', 'twin'),
  alias('pdt_jdbc_additional_params', ''),
  alias('pdt_after_connect_statements', ''),
];
