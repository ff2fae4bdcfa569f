import { lookup as resolveName } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** One answer of a name server. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks up the addresses of a host name. */
export type Resolver = (host: string) => Promise<readonly ResolvedAddress[]>;

export const systemResolver: Resolver = (host) =>
  new Promise((resolve, reject) => {
    resolveName(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/** A connection to a private address was refused. Its code survives when others wrap the error. */
export class PrivateAddressError extends Error {
  readonly code = "EPRIVATE";
}

/** Whether an address belongs to the public internet. IPv4 inside IPv6 counts as the IPv4 address it is. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "");
  if (isIP(bare) === 0 || bare.includes("%")) return false;
  const parsed = ipaddr.process(isIP(bare) === 6 ? inHexadecimal(bare) : bare);
  // Only 2000::/3 is given out; `::127.0.0.1` and other old forms of IPv4 addresses lie outside.
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || isGlobal(parsed.toByteArray()));
}

/** An IPv6 address without dots in it, of which the package takes `::127.0.0.1` for IPv4. */
function inHexadecimal(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

function isGlobal([first = 0]: readonly number[]): boolean {
  return first >> 5 === 1;
}

/** The host of a URL in lower case, without brackets and trailing dots. */
export function plainHost(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.+$/, "");
}

/** Whether the host of a URL is a private address without asking a name server. */
export function namesPrivateHost(url: URL): boolean {
  const host = plainHost(url);
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return host === "" || host === "localhost" || host.endsWith(".localhost");
}

/**
 * A `lookup` for node:http, node:https and node:net. The socket connects only to an address that was checked
 * here, so a name server that changes its answer after the check gains nothing.
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
