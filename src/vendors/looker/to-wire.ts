// Translates a draft or a patch to Looker's DBConnection. Secrets are revealed here.
import type { Draft, Patch } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { Values } from '../../fields/values-by-key.ts';
import { Secret } from '../../secrets/secret.ts';
import { writeFields } from '../write-fields.ts';
import { derivedOnCreate } from './derived/derived-on-create.ts';
import { changedPort, derivedOnUpdate, paramChanges } from './derived/derived-on-update.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';
import { OVERRIDE } from './fields/field-groups.ts';
import {
  configNamesIn,
  configParams,
  hasConfigParams,
  replaceCallerParams,
  replaceConfigParams,
  writeParams,
} from './jdbc/driver-params.ts';
import { changedKeyFile, KeyFileContent, optionKeyFile } from './key-files/key-file.ts';
import { reviewRepeatedParams } from './review/secret-rules.ts';

type Body = Record<string, unknown>;

const reveal = (secret: Secret): string => secret.reveal();

/** The text of a provided secret; empty where none is provided. */
const revealText = (value: unknown): string => (value instanceof Secret ? reveal(value) : '');

function revealValue(value: unknown): unknown {
  if (value instanceof Secret) return reveal(value);
  if (!(value instanceof KeyFileContent)) return value;
  const text = reveal(value.secret);
  return value.isBase64 ? text : Buffer.from(text).toString('base64');
}

const revealValues = (values: Values): Body =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, revealValue(value)]));

/** Returns the options for DBConnection itself, and those for its override for persistent derived tables. */
function writeOptions(options: Values): { readonly settings: Body; readonly override: Body | undefined } {
  const { [OVERRIDE]: override, ...settings } = writeFields(lookerOptions, lookerOptionsWire, options, reveal);
  return { settings, override: override as Body | undefined };
}

function driverParams({ dialect, config, options }: Draft): Body {
  const params = writeParams(configParams(dialect, config), revealText(options['jdbcAdditionalParams']));
  return params === '' ? {} : { jdbc_additional_params: params };
}

/** Returns the DBConnection of a draft without issues. */
export function toWire(draft: Draft): Body {
  const { name, support, config, options } = draft;
  const { settings, override } = writeOptions(options);
  const { portUserAttribute, pdtOverride } = options;
  const overrideFile = revealValues(optionKeyFile(options, 'pdtOverride.certificate'));
  return {
    name,
    dialect_name: options['dialectName'] ?? support.vendorDialect,
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...settings,
    ...revealValues(optionKeyFile(options, 'certificate')),
    ...revealValues(derivedOnCreate(support.dialect.key, config, options)),
    ...driverParams(draft),
    ...(portUserAttribute ? { port: portUserAttribute } : {}),
    ...(pdtOverride ? { [OVERRIDE]: { context: 'pdt', ...override, ...overrideFile } } : {}),
  };
}

/** Returns the change of the driver parameters. @throws ValidationError when both `config` and the caller's parameters set the same parameter. */
function changedDriverParams(patch: Patch, storedParams: string): Body {
  const { dialect } = patch.current;
  const callerParams = patch.options['jdbcAdditionalParams'];
  const withConfig = replaceConfigParams(dialect, storedParams, paramChanges(patch));
  // `review` could not compare with the stored parameters: they are read after it.
  const issues = reviewRepeatedParams(dialect, configNamesIn(dialect, withConfig), callerParams);
  if (issues.length > 0) throw new ValidationError(issues);
  const after =
    callerParams === undefined ? withConfig : replaceCallerParams(dialect, withConfig, revealText(callerParams));
  const isUnchanged = after === storedParams && (callerParams === undefined || hasConfigParams(dialect));
  return isUnchanged ? {} : { jdbc_additional_params: after === '' ? null : after };
}

/**
 * Returns the changed fields of DBConnection: a field that stays as it is is left out, null clears a field.
 * @param storedParams the stored driver parameters; empty where `needsStoredParams` is false.
 * @throws ValidationError where the update leaves no host, or where a driver parameter is set twice.
 */
export function patchToWire(patch: Patch, storedParams: string): Body {
  const { support, config, options } = patch;
  const { settings, override } = writeOptions(options);
  const { dialectName } = options;
  const overrideChange = { ...override, ...revealValues(changedKeyFile(options, 'pdtOverride.certificate')) };
  return {
    ...(dialectName ? { dialect_name: dialectName } : {}),
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...settings,
    ...revealValues(changedKeyFile(options, 'certificate')),
    ...revealValues(derivedOnUpdate(patch)),
    ...changedDriverParams(patch, storedParams),
    ...changedPort(patch),
    ...(Object.keys(overrideChange).length > 0 ? { [OVERRIDE]: { context: 'pdt', ...overrideChange } } : {}),
  };
}
