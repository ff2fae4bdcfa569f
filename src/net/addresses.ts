import { lookup as resolveName } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** One answer of a name server. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Answers a host name with its addresses; tests put their own in. */
export type Resolver = (host: string) => Promise<readonly ResolvedAddress[]>;

/** The operating system's resolver. */
export const systemResolver: Resolver = (host) =>
  new Promise((resolve, reject) => {
    resolveName(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/** What a connection to a private address ends with; its code says so to those who wrap it. */
export class PrivateAddressError extends Error {
  readonly code = "EPRIVATE";
}

/** Whether an address belongs to the public internet. IPv4 inside IPv6 counts as the IPv4 address it is. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "");
  if (!ipaddr.isValid(bare) || bare.includes("%")) return false;
  return ipaddr.process(bare).range() === "unicast";
}

/** The host of a URL as a name server would be asked for it: lower case, no brackets, no trailing dot. */
export function plainHost(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.+$/, "");
}

/** Whether a URL names a private address outright, so that no name server is asked at all. */
export function namesPrivateHost(url: URL): boolean {
  const host = plainHost(url);
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return host === "" || host === "localhost" || host.endsWith(".localhost");
}

/**
 * A `lookup` for node:http, node:https and node:net. The socket connects to an address that passed here and to no other,
 * so a name that changes its answer between the check and the connection gains nothing.
 */
export function createGuardedLookup(options: { allowPrivate: boolean; resolve?: Resolver }): LookupFunction {
  const resolve = options.resolve ?? systemResolver;
  return (host, wanted, done) => {
    resolve(host).then(
      (found) => {
        const family = wanted.family === 4 || wanted.family === 6 ? wanted.family : 0;
        const fit = found.filter((each) => family === 0 || each.family === family);
        const open = options.allowPrivate ? fit : fit.filter((each) => isPublicAddress(each.address));
        const first = open[0];
        if (first === undefined) done(refusal(host, fit.length > 0), "", 0);
        else if (wanted.all) done(null, [...open]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, "", 0),
    );
  };
}

function refusal(host: string, found: boolean): NodeJS.ErrnoException {
  if (found) return new PrivateAddressError(`${host} is at a private address`);
  return Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" });
}
