// Finds the address of the client that sends a request: that of its connection, or the one that a trusted proxy passes on.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Plugin } from 'graphql-yoga';
import ipaddr from 'ipaddr.js';
import type { ServerContext } from './request-id.ts';

type Address = ReturnType<typeof ipaddr.parse>;

/** Returns a valid address, as IPv4 also when it is written as IPv6. */
function toAddress(text: string): Address {
  const address = ipaddr.parse(text);
  return 'parts' in address && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** Returns an address; null for a text that is none. The library by itself accepts other spellings, such as 0x7f.1. */
const parseAddress = (text: string): Address | null => (isIP(text) === 0 ? null : toAddress(text));

/** Returns the network of an address or of a CIDR. The configuration has checked the text. */
function parseNetwork(text: string): [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = toAddress(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * Returns the function that finds the address of a client.
 * @param trustProxy the addresses and CIDRs of proxies.
 */
export function clientAddressFinder(trustProxy: readonly string[]) {
  const networks = trustProxy.map(parseNetwork);
  const isProxy = (address: Address) =>
    networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
  /**
   * Each proxy appends the address from which it got the request. So the last address that is no proxy is the client; what is before it
   * may be made up.
   * @param peer the address of the connection.
   * @param forwardedFor the header X-Forwarded-For; null without one.
   */
  return (peer: string, forwardedFor: string | null): string | null => {
    let client = parseAddress(peer);
    const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim());
    while (client && isProxy(client)) {
      const before = parseAddress(hops.pop() ?? '');
      if (!before) break;
      client = before;
    }
    return client?.toString() ?? null;
  };
}

/** The parts of an IPv6 address, of 16 bits each, that a network assigns to one customer. */
const CUSTOMER_PARTS = 4;

/** Returns the addresses that count as one client: an IPv4 address, or the /64 of an IPv6 address, all of which one client may use. */
export function addressGroup(address: string): string {
  const parsed = toAddress(address);
  return 'parts' in parsed ? parsed.parts.slice(0, CUSTOMER_PARTS).join(':') : address;
}

/** Sets the address of the client; null for a request that did not come through a socket. It must come before authentication. */
export function useClientAddress(trustProxy: readonly string[]): Plugin<ServerContext, ServerContext> {
  const find = clientAddressFinder(trustProxy);
  return {
    onRequest: ({ request, serverContext }) => {
      // Yoga adds the request of Node's HTTP server.
      const context = serverContext as ServerContext & { readonly req?: IncomingMessage };
      const peer = context.req?.socket.remoteAddress;
      context.address = peer === undefined ? null : find(peer, request.headers.get('x-forwarded-for'));
    },
  };
}
