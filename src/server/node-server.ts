// The HTTP server of the process, with TLS where it is configured. The certificate and the key are read again when their files change.
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import { detectChanges } from './file-changes.ts';

/** The PEM files of the certificate, with its chain, and of its private key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How often the files are looked at, in milliseconds. */
const WATCH_MS = 2000;

/** Reads both files. @throws Error when they cannot be read, or are no certificate with its key. */
export function readTlsFiles({ certFile, keyFile }: TlsFiles): { readonly cert: Buffer; readonly key: Buffer } {
  const files = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  createSecureContext(files);
  return files;
}

/**
 * Returns the server. Connections that are open keep the certificate with which they began.
 * @param tls null for HTTP without TLS.
 * @param onFailure called when changed files cannot be used. The server then keeps the certificate of before.
 */
export function createNodeServer(handle: RequestListener, tls: TlsFiles | null, onFailure: () => void): Server {
  if (!tls) return createServer(handle);
  const hasChanged = detectChanges([tls.certFile, tls.keyFile]);
  const server = createTlsServer(readTlsFiles(tls), handle);
  const reload = () => {
    if (!hasChanged()) return;
    try {
      server.setSecureContext(readTlsFiles(tls));
    } catch {
      onFailure();
    }
  };
  const timer = setInterval(reload, WATCH_MS).unref();
  server.once('close', () => clearInterval(timer));
  return server;
}
