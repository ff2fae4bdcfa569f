import { spawnSync } from "node:child_process";
import { isAbsolute, resolve } from "node:path";
import { parseGitRemote } from "../../config/values.ts";
import { Failure } from "../../model/failure.ts";
import { redact } from "../../model/secrets.ts";
import { isPublicAddress, namesPrivateHost, type Resolver, systemResolver } from "../../net/addresses.ts";

export interface GitRemote {
  readonly address: string;
  /** For messages. */
  readonly shown: string;
  /** For GIT_ALLOW_PROTOCOL. */
  readonly protocols: string;
  readonly config: readonly (readonly [string, string])[];
}

export interface GitRemoteOptions {
  readonly remote: string;
  /** Project root: relative paths and names of remotes are looked up there. */
  readonly root: string;
  readonly allowPrivate: boolean;
  /** Token for https; never part of an address or a command line. */
  readonly token?: string;
  readonly resolve?: Resolver;
}

/** Resolves and checks a remote. @throws Failure `target` */
export async function resolveGitRemote(options: GitRemoteOptions): Promise<GitRemote> {
  const named = parseGitRemote(options.remote);
  if (named === undefined) throw refused(options.remote, "only https, ssh and paths are taken");
  const address =
    /^[\w.-]+$/.test(named) && !/^\.{1,2}$/.test(named) ? lookUpName(named, options.root) : named;
  if (/^(\/|\.{1,2}\/|[A-Za-z]:[\\/])/.test(address)) {
    const path = isAbsolute(address) ? address : resolve(options.root, address);
    return { address: path, shown: path, protocols: "file", config: [] };
  }
  if (!address.includes("://")) return resolveScp(address, options);
  const url = new URL(address);
  if (url.protocol === "file:") return { address, shown: address, protocols: "file", config: [] };
  if (url.protocol === "http:" && !options.allowPrivate)
    throw refused(address, "http shows everything to everybody on the way; write https");
  const pin = await checkHost(url, options);
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  if (url.protocol === "ssh:") return { address, shown, protocols: "ssh", config: [] };
  return {
    address,
    shown,
    protocols: url.protocol.slice(0, -1),
    config: [...pin, ...authorization(url, options.token)],
  };
}

/** The address that the project's own repository has under this name. It is checked like any other. */
function lookUpName(name: string, root: string): string {
  const run = spawnSync("git", ["-C", root, "remote", "get-url", "--push", "--", name], { encoding: "utf8" });
  const found = run.status === 0 ? run.stdout.trim() : "";
  if (found === "")
    throw new Failure("target", `The project's repository has no remote named ${name}.`, {
      hint: "Write the URL of the repository in publish.target.remote.",
    });
  const address = parseGitRemote(stripUser(found));
  if (address === undefined) throw refused(found, "only https, ssh and paths are taken");
  return address;
}

/** Checkouts made by CI keep a user in the URL; a password there is refused with the rest. */
function stripUser(address: string): string {
  return address.replace(/^(https?:\/\/)[^/@:]+@/i, "$1");
}

async function resolveScp(address: string, options: GitRemoteOptions): Promise<GitRemote> {
  const host = /^(?:[^@]*@)?([^:]+):/.exec(address)?.[1] ?? "";
  await checkHost(new URL(`ssh://${host}/`), options);
  return { address, shown: address.replace(/^[^@]*@/, ""), protocols: "ssh", config: [] };
}

/** For http the checked address is pinned, so git connects to it and to no other. */
async function checkHost(url: URL, options: GitRemoteOptions): Promise<(readonly [string, string])[]> {
  if (options.allowPrivate) return [];
  if (namesPrivateHost(url)) throw privateHost(url.hostname);
  const found = await (options.resolve ?? systemResolver)(url.hostname).catch(() => []);
  const open = found.filter(({ address }) => isPublicAddress(address));
  const first = open[0];
  if (first === undefined) {
    if (found.length > 0) throw privateHost(url.hostname);
    throw new Failure("target", `${url.hostname} has no address.`);
  }
  if (url.protocol !== "https:") return [];
  const address = first.address.includes(":") ? `[${first.address}]` : first.address;
  return [["http.curloptResolve", `${url.hostname}:${url.port || "443"}:${address}`]];
}

function authorization(url: URL, token: string | undefined): (readonly [string, string])[] {
  if (token === undefined || token === "") return [];
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return [[`http.${url.origin}/.extraHeader`, `Authorization: Basic ${basic}`]];
}

function refused(address: string, why: string): Failure {
  return new Failure("target", `The remote ${JSON.stringify(redact(address, []))} is refused: ${why}.`, {
    hint: "Write an https or ssh URL without a password; a token belongs in the environment variable FEEDWRIGHT_GIT_TOKEN.",
  });
}

function privateHost(host: string): Failure {
  return new Failure("target", `The remote ${host} is at a private address.`, {
    hint: "If this is a machine of your own, allow it with --allow-private.",
  });
}
