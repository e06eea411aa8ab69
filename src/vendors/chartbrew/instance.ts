// What can be asked of one team of one Chartbrew. Its server may die when a caller hangs up on a call by id: none is.
import type { Connection, Draft, Patch, Removed, Warning, Written } from '../../domain/connection.ts';
import type { Credential } from '../../secrets/credential.ts';
import { OutcomeUnknownError, VendorError } from '../../domain/errors.ts';
import type { Call, InstanceApi } from '../../domain/vendor.ts';
import { ask, askForList, askOrNull } from '../ask.ts';
import { createSend, keyAuth } from '../auth.ts';
import { READ_AGAIN, type VendorClient } from '../client.ts';
import type { AdapterContext } from '../module.ts';
import { wordsIn, writeRefusal } from './errors.ts';
import { fromWire } from './from-wire.ts';
import { savedProof, unsavedProof, withProof } from './test-passed.ts';
import { checksOf, testRefusal, TRIED } from './tests.ts';
import { draftOf, filesToWire, patchToWire, testToWire, toWire, type Files } from './to-wire.ts';
import { warningsFor, warningsForUpdate } from './warnings.ts';
import { chartbrewConnectionWire, chartbrewListWire, chartbrewRemovedWire } from './wire.ts';

export interface ChartbrewSettings {
  readonly teamId: number;
  readonly apiKey: Credential;
}

/** A write that was done, but for its files. */
function withoutFiles(connection: Connection, done: string, { paths }: Files, error: VendorError): Written {
  const isUnknown = error instanceof OutcomeUnknownError;
  const what = isUnknown ? 'did not say whether it took this file' : 'this file could not be put beside it';
  const message = `Chartbrew ${done} the connection, but ${what}.`;
  const warnings = paths.map((path): Warning => ({ path, code: 'CERTIFICATES_NOT_UPLOADED', message }));
  return { connection, warnings };
}

const warnedOf = ({ connection, warnings }: Written, more: readonly Warning[]): Written => ({
  connection,
  warnings: [...warnings, ...more],
});

export function connect({ settings, http, label }: AdapterContext<ChartbrewSettings>): InstanceApi {
  const path = `/team/${settings.teamId}/connections`;
  const send = createSend(http, keyAuth(settings.apiKey, 'Bearer'), ({ status }) => status === 401, wordsIn);
  const client: VendorClient = { send, label, deadline: http.deadline, path };

  const uploadOf = (id: string, { form }: Files, deadline: AbortSignal) => {
    const body = { files: form };
    return {
      request: { kind: 'write', method: 'POST', path: `${path}/${id}/files`, body, atDeadline: 'continue', deadline },
      verifyOutcome: READ_AGAIN,
      wire: chartbrewConnectionWire,
    } as const;
  };

  /** Puts the files beside a connection that was written; what cannot be put there is told and nothing undone. */
  async function addFiles(connection: Connection, done: string, files: Files | null, deadline: AbortSignal) {
    if (!files) return { connection, warnings: [] };
    try {
      const row = await ask(client, uploadOf(connection.vendorId, files, deadline));
      return { connection: fromWire(row), warnings: [] };
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      return withoutFiles(connection, done, files, error);
    }
  }

  async function create(draft: Draft, { deadline = http.deadline('write') }: Call): Promise<Written> {
    const row = await ask(client, {
      request: { kind: 'write', method: 'POST', path, body: { json: toWire(draft) }, deadline },
      verifyOutcome: `Look for a new connection named ${draft.name} before you try again.`,
      wire: chartbrewConnectionWire,
      refusal: (answer, write) => writeRefusal(answer, write, draft),
    });
    return warnedOf(await addFiles(fromWire(row), 'created', filesToWire(draft), deadline), warningsFor(draft));
  }

  async function update(patch: Patch, { deadline = http.deadline('write') }: Call): Promise<Written | null> {
    const draft = draftOf(patch);
    const { vendorId } = patch.current;
    const [json, files] = [patchToWire(patch), filesToWire(draft)];
    // Chartbrew fails on a PUT that has no fields.
    if (Object.keys(json).length === 0) {
      const row = files && (await askOrNull(client, uploadOf(vendorId, files, deadline)));
      if (files && !row) return null;
      return { connection: row ? fromWire(row) : patch.current, warnings: warningsForUpdate(patch) };
    }
    const row = await askOrNull(client, {
      request: {
        kind: 'write',
        method: 'PUT',
        path: `${path}/${vendorId}`,
        body: { json },
        atDeadline: 'continue',
        deadline,
      },
      verifyOutcome: READ_AGAIN,
      wire: chartbrewConnectionWire,
      refusal: (answer, write) => writeRefusal(answer, write, draft),
    });
    return row && warnedOf(await addFiles(fromWire(row), 'changed', files, deadline), warningsForUpdate(patch));
  }

  async function remove(id: string, { deadline }: Call): Promise<Removed | null> {
    const removed = await askOrNull(client, {
      // A query `removeDatasets`, whatever its text, would take the datasets along.
      request: { kind: 'write', method: 'DELETE', path: `${path}/${id}`, atDeadline: 'continue', deadline },
      verifyOutcome: READ_AGAIN,
      wire: chartbrewRemovedWire,
    });
    return removed && { archived: false };
  }

  return {
    create,
    update,
    remove,
    test: async (connection, tests, { deadline }) => {
      const { vendorId } = connection;
      // With a body: the server was seen to outlive a caller who hangs up on this call when it has one.
      const body = { json: {} };
      const request = {
        kind: 'test',
        method: 'GET',
        path: `${path}/${vendorId}/test`,
        body,
        deadline,
        atDeadline: 'continue',
      } as const;
      const question = { request, wire: TRIED };
      const sendTest = withProof(send, label, savedProof(connection));
      return checksOf(askOrNull({ ...client, send: sendTest }, { ...question, refusal: testRefusal(null) }), tests);
    },
    testDraft: async (draft, tests, { deadline }) => {
      const body = testToWire(draft);
      const below = 'files' in body ? 'test/files' : 'test';
      const request = {
        kind: 'test',
        method: 'POST',
        path: `${path}/${draft.support.word}/${below}`,
        body,
        deadline,
      } as const;
      const sendTest = withProof(send, label, unsavedProof(draft));
      const tried = ask({ ...client, send: sendTest }, { request, wire: TRIED, refusal: testRefusal(draft) });
      const checks = await checksOf(tried, tests);
      return checks ?? [];
    },
    list: async ({ signal, etag }) => {
      const request = { kind: 'list', method: 'GET', path, signal, ifNoneMatch: etag } as const;
      return askForList(client, { request, wire: chartbrewListWire.transform((rows) => rows.map(fromWire)) });
    },
    get: async (id, { signal, deadline }) => {
      const request = {
        kind: 'read',
        method: 'GET',
        path: `${path}/${id}`,
        signal,
        deadline,
        atDeadline: 'continue',
      } as const;
      const row = await askOrNull(client, { request, wire: chartbrewConnectionWire });
      return row && fromWire(row);
    },
    check: async ({ signal }) => {
      const request = { kind: 'list', method: 'GET', path, signal } as const;
      await ask(client, { request, wire: chartbrewListWire });
    },
  };
}
