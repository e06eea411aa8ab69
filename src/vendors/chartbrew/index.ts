// Chartbrew: an instance is a team, ids are integers, names need not be unique, and answers are full of secrets.
import * as z from 'zod';
import type { Connection, Created, Draft, Warning } from '../../domain/connection.ts';
import type { Credential } from '../../domain/credential.ts';
import { VendorError, type ValidationIssue } from '../../domain/errors.ts';
import type { Values } from '../../domain/fields.ts';
import { configPath, issue } from '../../domain/support.ts';
import type { Call, InstanceApi } from '../../domain/vendor.ts';
import { ask, askForOne } from '../ask.ts';
import { createSend, keyAuth } from '../auth.ts';
import { credential, defineVendor, type Place } from '../module.ts';
import { chartbrewDialects, sslModes } from './dialects.ts';
import { createRefusal } from './errors.ts';
import { chartbrewDetails, chartbrewOptions } from './fields.ts';
import { fromWire } from './from-wire.ts';
import { filesToWire, toWire } from './to-wire.ts';
import { chartbrewConnectionWire, chartbrewListWire } from './wire.ts';

interface ChartbrewSettings {
  readonly teamId: number;
  readonly apiKey: Credential;
}

function reviewTls(dialect: string, tls: Values): ValidationIssue[] {
  const at = (field: string) => configPath(dialect, `tls.${field}`);
  const { enabled, mode, verify, ...rest } = tls;
  const issues: ValidationIssue[] = [];
  if (enabled !== true && (mode ?? verify ?? Object.values(rest)[0]) !== undefined) {
    issues.push(issue(at('enabled'), 'REQUIRED', 'Chartbrew encrypts only when this is true; the rest says how.'));
  }
  const checks = typeof mode === 'string' && Object.hasOwn(sslModes, mode) ? sslModes[mode] : undefined;
  if (checks !== undefined && verify !== undefined && checks !== verify) {
    issues.push(issue(at('verify'), 'EXCLUSIVE', 'It contradicts `tls.mode`; give one of them.'));
  }
  return issues;
}

function review({ dialect, support, config }: Draft): ValidationIssue[] {
  const { srv, port } = config;
  const portBesideSrv = 'The DNS record of `srv` tells the port, and MongoDB takes no other beside it; leave one out.';
  return [
    // Where there is no TLS to set the table refuses it, with advice.
    ...('tls.enabled' in support.fields ? reviewTls(dialect, (config['tls'] ?? {}) as Values) : []),
    ...(srv === true && port !== undefined ? [issue(configPath(dialect, 'port'), 'EXCLUSIVE', portBesideSrv)] : []),
  ];
}

function connect({ settings, http, label }: Place<ChartbrewSettings>): InstanceApi {
  const path = `/team/${settings.teamId}/connections`;
  const send = createSend(http, keyAuth(settings.apiKey, 'Bearer'), ({ status }) => status === 401);
  const asked = { who: label, probe: null };

  /** Puts the files beside a connection that exists; what cannot be put there is told and nothing undone. */
  async function uploadFiles(created: Connection, draft: Draft, { deadline }: Call): Promise<Created> {
    const files = filesToWire(draft);
    if (!files) return { connection: created, warnings: [] };
    try {
      const row = await ask(send, {
        request: {
          kind: 'write',
          method: 'POST',
          path: `${path}/${created.vendorId}/files`,
          body: { files: files.form },
          neverHangUp: true,
          deadline,
        },
        asked: { who: label, probe: 'Look at the connection before you try again.' },
        wire: chartbrewConnectionWire,
      });
      return { connection: fromWire(row), warnings: [] };
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      const message = 'Chartbrew created the connection, but this file could not be put beside it.';
      const warnings = files.paths.map((file): Warning => ({ path: file, code: 'CERTIFICATES_NOT_UPLOADED', message }));
      return { connection: created, warnings };
    }
  }

  async function create(draft: Draft, { deadline }: Call): Promise<Created> {
    const row = await ask(send, {
      request: { kind: 'write', method: 'POST', path, body: { json: toWire(draft) }, deadline },
      asked: { who: label, probe: `Look for a new connection named ${draft.name} before you try again.` },
      wire: chartbrewConnectionWire,
      refusal: (answer, write) => createRefusal(answer, write, draft),
    });
    return uploadFiles(fromWire(row), draft, { deadline });
  }

  return {
    create,
    list: async ({ signal, validator }) => {
      const request = { kind: 'list', method: 'GET', path, signal, validator } as const;
      return (await ask(send, { request, asked, wire: chartbrewListWire })).map(fromWire);
    },
    // Chartbrew's server may die when a caller hangs up on a call by id.
    get: async (id, { signal, deadline }) => {
      const request = {
        kind: 'read',
        method: 'GET',
        path: `${path}/${id}`,
        signal,
        deadline,
        neverHangUp: true,
      } as const;
      const row = await askForOne(send, { request, asked, wire: chartbrewConnectionWire });
      return row && fromWire(row);
    },
    check: async ({ signal }) => {
      const request = { kind: 'list', method: 'GET', path, signal } as const;
      await ask(send, { request, asked, wire: z.unknown() });
    },
  };
}

export const chartbrew = defineVendor({
  kind: 'chartbrew',
  typeName: 'Chartbrew',
  label: 'Chartbrew',
  description: 'Chartbrew, hosted or self-hosted.',
  documentationUrl: 'https://docs.chartbrew.com',
  settings: z.object({
    teamId: z
      .union(
        [
          z.int().min(1),
          z
            .string()
            .regex(/^[1-9]\d*$/)
            .transform(Number),
        ],
        'must be a whole number',
      )
      .describe('Id of the team.'),
    apiKey: credential('API key of a team owner or team admin.'),
  }),
  dialects: chartbrewDialects,
  details: chartbrewDetails,
  options: chartbrewOptions,
  // The other types open their own lines; a tunnel's secrets would only lie there.
  optionScopes: { ssh: { dialects: ['postgres', 'mysql', 'clickhouse'], elsewhere: 'REFUSED' } },
  untold: [],
  // A list leaves the password out (an API key is kept as one), what was found in the database, and the grant.
  onlyById: ['password', 'apiKey', 'secrets', 'discoveredSchema', 'oauthEmail'],
  isVendorId: (text) => /^[1-9]\d{0,9}$/.test(text),
  review,
  connect,
});
