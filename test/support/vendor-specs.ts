// Checks recorded requests against a vendor's OpenAPI file. Findings contain no values, because bodies contain secrets.
// This file must not import an adapter.
import { OpenAPIBackend, type Document } from 'openapi-backend';
import type { RecordedRequest } from '../../src/sandbox/server.ts';
import type { VendorName } from './gateway.ts';
import { readSpecFile, type SpecOptions } from './vendor-spec-file.ts';

export interface Checked {
  /** The operation id of the request in the file. */
  readonly operation: string | null;
  /** `METHOD path: problem at pointer`. */
  readonly findings: readonly string[];
}

export type VendorSpec = (request: RecordedRequest) => Promise<Checked>;

/** The authorization header of each vendor. The files of Looker and Credible do not define it fully. */
const AUTHORIZATION: Readonly<Record<VendorName, RegExp>> = {
  looker: /^(?:token|Bearer) \S+$/,
  omni: /^Bearer \S+$/,
  credible: /^(?:Bearer|ApiKey) \S+$/,
  chartbrew: /^Bearer \S+$/,
};

const formats = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  uri: { validate: (text: string) => URL.canParse(text) },
};

const mediaOf = ({ headers }: RecordedRequest): string =>
  (headers['content-type'] ?? '').split(';', 1).join('').toLowerCase();

/** Returns the body by its media type: a form as fields, where repeated fields are lists, and anything else as text. */
async function readBody(request: RecordedRequest): Promise<{ body: unknown; problems: string[] }> {
  const media = mediaOf(request);
  const isMultipart = media === 'multipart/form-data';
  if (!isMultipart && media !== 'application/x-www-form-urlencoded') return { body: request.body, problems: [] };
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(request.body, { headers }).formData().catch(() => null);
  if (!form) return { body: {}, problems: [`is not ${media} at /body`] };
  const fields: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    const texts = await Promise.all(values.map((value) => new Response(value).text()));
    fields[name] = texts.length === 1 ? texts[0] : texts;
    if (isMultipart && values.some((value) => typeof value === 'string')) problems.push(`is no file at /body/${name}`);
  }
  return { body: fields, problems };
}

interface Fault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

function problemOf({ keyword, instancePath, params, message }: Fault): string {
  const at = instancePath.replace(/^\/requestBody/, '/body');
  const named = (key: unknown) => `${at}/${String(key)}`.replace(/^\/requestBody/, '/body');
  if (keyword === 'additionalProperties') return `unknown key at ${named(params['additionalProperty'])}`;
  if (keyword === 'required') return `missing at ${named(params['missingProperty'])}`;
  if (keyword === 'not') return `only the vendor writes it at ${at}`;
  // The parser's message would quote the body.
  if (keyword === 'parse') return 'is not JSON at /body';
  return `${message} at ${at}`;
}

/** Returns the check of a vendor's requests. @throws Error when the folder has no file of that vendor. */
export async function readVendorSpec(folder: string, vendor: VendorName, options?: SpecOptions): Promise<VendorSpec> {
  const file = readSpecFile(folder, vendor, options);
  // A server's address may have variables in its host.
  const apiRoot = new URL((file.servers[0]?.url ?? '').replaceAll(/[{}]/g, '')).pathname;
  const api = new OpenAPIBackend({
    definition: file as unknown as Document,
    apiRoot,
    ignoreTrailingSlashes: false,
    // The library can check OpenAPI 3.0 files only, and three of the files are 3.1.
    quick: true,
    strict: true,
    ajvOpts: { allErrors: true, strict: false, formats },
  });
  await api.init();

  return async (request) => {
    const { method, path, query, headers } = request;
    const findingsOf = (problems: readonly string[]) => problems.map((problem) => `${method} ${path}: ${problem}`);
    const operation = api.router.matchOperation({ method, path, headers });
    if (!operation?.operationId) return { operation: null, findings: findingsOf(['no such operation']) };

    const { body, problems } = await readBody(request);
    const takes = Object.keys((operation.requestBody as { content?: object } | undefined)?.content ?? {});
    if (takes.length > 0 && !takes.includes(mediaOf(request)))
      problems.push(`not ${takes.join()} at /header/content-type`);
    if (takes.length === 0 && request.body !== '') problems.push('unknown key at /body');
    const isLogin = vendor === 'looker' && operation.operationId === 'login';
    if (!isLogin && !AUTHORIZATION[vendor].test(headers['authorization'] ?? '')) {
      problems.push('not as the vendor asks for at /header/authorization');
    }
    const { errors } = api.validator.validateRequest({ method, path, query, headers, body }, operation);
    return { operation: operation.operationId, findings: findingsOf([...problems, ...(errors ?? []).map(problemOf)]) };
  };
}
