// The SSH tunnel of the Chartbrew sandbox. It fails for a host that ends in `.invalid`, for port 1, without a password or key, and with
// a password or passphrase that contains `wrong`. The server wraps each failure in a plain Error: the saved test returns nothing of
// it, the unsaved test returns its message.
import type { Json } from '../rules.ts';
import { nodeFault, textOf, type Deliver } from './outcomes.ts';

const BAD_PASSPHRASE = 'Cannot parse privateKey: OpenSSH key integrity check failed -- bad passphrase?';
const NOBODY = 'All configured authentication methods failed';

interface Tunnel {
  /** `host:port` of the SSH server. */
  readonly via: string;
  /** Why there is no tunnel; undefined when there is a tunnel. */
  readonly fault?: string | undefined;
}

/** Tries to open the tunnel. With a key the password is not sent. */
export function openTunnel(settings: Json, deliver: Deliver): Tunnel {
  const { sshHost, sshPort, sshPassword, sshPassphrase, sshPrivateKey } = settings;
  const [host, port] = [textOf(sshHost), textOf(sshPort) || '22'];
  const password = textOf(sshPassword);
  const via = `${host}:${port}`;
  const broken = (words: string): Tunnel => ({ via, fault: `SSH tunnel error: ${words}` });
  const hasKey = textOf(sshPrivateKey) !== '';
  if (hasKey && textOf(sshPassphrase).includes('wrong')) return broken(BAD_PASSPHRASE);
  const fault = nodeFault(host, port);
  if (fault) return broken(fault.text);
  if (hasKey) return { via };
  if (password === '') return broken(NOBODY);
  deliver({ source: 'ssh', host, port, tls: 'none', password });
  return password.includes('wrong') ? broken(NOBODY) : { via };
}
