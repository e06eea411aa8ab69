// Says in an operator's words what is wrong with an instance, and what to do about it. No text of the vendor is in it.
import {
  PermissionError,
  RateLimitedError,
  VendorUnavailableError,
  type FailureDetail,
  type UnavailableReason,
  type VendorError,
} from '../domain/errors.ts';
import type { Vendor } from '../domain/vendor.ts';

export interface Explanation {
  /** What went wrong, as one sentence. */
  readonly problem: string;
  /** What to do, as one or two sentences. */
  readonly advice: string;
}

const BY_DETAIL: Readonly<Record<FailureDetail, readonly [problem: string, advice: string]>> = {
  NAME_NOT_FOUND: [
    'The host name is not found.',
    'Check the host in baseUrl, that in proxy where it is set, and the DNS of this machine.',
  ],
  REFUSED: [
    'The connection is refused.',
    'Check the port in baseUrl, that in proxy where it is set, and that the server runs.',
  ],
  NO_ROUTE: [
    'The host does not answer.',
    'Check the host and the port in baseUrl, and whether a firewall is between. A network without direct access needs proxy.',
  ],
  PROXY_REFUSED: ['The proxy refuses the connection.', 'Check proxy, and whether it allows this host and port.'],
  CERTIFICATE_EXPIRED: [
    'The certificate of the server has expired.',
    'Have it renewed, and check the clock of this machine.',
  ],
  CERTIFICATE_NOT_YET_VALID: ['The certificate of the server is not valid yet.', 'Check the clock of this machine.'],
  CERTIFICATE_OF_OTHER_HOST: [
    'The certificate of the server is for another host name.',
    'Use a host name of the certificate in baseUrl.',
  ],
  CERTIFICATE_NOT_TRUSTED: [
    'The certificate of the server is from an authority that is not trusted.',
    'Name the PEM file with the certificate of the authority in caFile.',
  ],
  NO_TLS: ['The server does not speak TLS at this port.', 'Check the port in baseUrl, and https:// at its beginning.'],
  REDIRECT: ['The address answers with a redirect.', 'Use the address to which it leads as baseUrl.'],
  TOO_LARGE: ['The list of connections is larger than the limit.', 'Raise limits.listMb.'],
};

/** What an error without a detail says. The status, where there is one, is in brackets with a blank before it. */
const BY_REASON: Readonly<Record<UnavailableReason, (status: string, vendor: Vendor) => readonly [string, string]>> = {
  CONNECT: () => ['The connection broke off.', 'Check the port in baseUrl, and whether it must begin with https://.'],
  TLS: () => ['The TLS handshake failed.', 'Check which versions of TLS the server accepts, and its certificate.'],
  TIMEOUT: () => ['The server did not answer in time.', 'Try again, or raise timeouts.listMs.'],
  SERVER_ERROR: (status, { label }) => [
    `The server failed${status}.`,
    `Try again later. The logs of ${label}, or of a proxy before it, say why.`,
  ],
  BAD_RESPONSE: (status, { label, setupAdvice }) => [
    `The address answers${status}, but not as the API of ${label} does.`,
    setupAdvice.baseUrl,
  ],
  CREDENTIALS_REJECTED: (status, { label, setupAdvice }) => [
    `${label} refuses the credential${status}.`,
    setupAdvice.credential,
  ],
  CIRCUIT_OPEN: () => ['Too many calls failed, so no more are made for a while.', 'Try again later.'],
  STORE: () => ["The gateway's store does not answer.", 'Try again later.'],
};

/** Returns what an error says of an instance that is unavailable. */
function explain({ detail, unavailable, vendorStatus }: VendorUnavailableError, vendor: Vendor): Explanation {
  const status = vendorStatus === null ? '' : ` (${vendorStatus})`;
  const [problem, advice] = detail ? BY_DETAIL[detail] : BY_REASON[unavailable](status, vendor);
  return { problem, advice };
}

const seconds = (ms: number | null): string => (ms === null ? 'a minute' : `${Math.ceil(ms / 1000)} seconds`);

/** Returns what an error of a health check says, and what to do. */
export function adviceOn(error: VendorError, vendor: Vendor): Explanation {
  const { label, setupAdvice } = vendor;
  if (error instanceof VendorUnavailableError) return explain(error, vendor);
  if (error instanceof RateLimitedError) {
    const advice = `Try again in ${seconds(error.retryAfterMs)}.`;
    return { problem: `${label} accepts no more requests for now (429).`, advice };
  }
  if (error instanceof PermissionError) {
    return {
      problem: `The credential may not list connections (${error.vendorStatus}).`,
      advice: setupAdvice.permission,
    };
  }
  return { problem: error.message, advice: setupAdvice.baseUrl };
}
