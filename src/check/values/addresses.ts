// Addresses and ids: RFC 3986, 3987, 4151 (tag), 8141 (URN) and 9562 (UUID).
import { defineProblem, type Problem } from "../../model/problem.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import type { Spot, ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";

const schemeOf = /^([a-z][a-z0-9+.-]*):/i;
/** ASCII that neither RFC 3986 nor RFC 3987 allows anywhere. */
const forbidden = /[\u0000-\u0020"<>\\^`{|}\u007f]/;
const urn =
  /^urn:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9]):(?:[\w.~!$&'()*+,;=:@/-]|[^\u0000-\u007f]|%[0-9a-f]{2})+(?:[?#].*)?$/i;
export const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const tagUri = new RegExp(
  `^tag:(?:[a-z0-9._-]+@)?${label}(?:\\.${label})*,\\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\\d|3[01]))?)?:` +
    `(?:[\\w.~!$&'()*+,;=:@/?-]|[^\\u0000-\\u007f]|%[0-9a-f]{2})*(?:#.*)?$`,
  "i",
);

const forbiddenCharacter = defineProblem("value/url-character", {
  severity: "error",
  title: "A character that addresses cannot have",
  why: "Spaces, quotation marks and the like end an address early or make readers reject it.",
  fix: "Percent-encode it: a space is `%20`.",
  spec: `${specs.uri}#section-2`,
});

const beyondAscii = defineProblem("value/url-ascii", {
  severity: "error",
  title: "Letters beyond ASCII in an address",
  why: "RSS and OPML know addresses in ASCII only; some readers encode other letters wrongly or not at all.",
  fix: "Percent-encode the path, as `https://example.org/%C3%A9t%C3%A9`, and write the host in Punycode.",
  spec: `${specs.uri}#section-2`,
});

const unregisteredScheme = defineProblem("value/url-scheme", {
  severity: "warning",
  title: "An unregistered scheme",
  why: "Readers do not know how to open such an address.",
  fix: "Use `https:`.",
  spec: "https://www.iana.org/assignments/uri-schemes/",
});

const invalidTagUri = defineProblem("value/tag-uri", {
  severity: "error",
  title: "Not a valid tag URI",
  why: "Ids need to be valid addresses to be compared safely.",
  fix: "Write `tag:<domain or e-mail>,<year or date>:<name>`, such as `tag:example.org,2026:first`.",
  spec: "https://www.rfc-editor.org/rfc/rfc4151",
});

export const invalidUrl = defineProblem("value/url", {
  severity: "error",
  title: "Not an absolute address",
  why: "Readers have no page to resolve it against, so the link is dead.",
  fix: "Write the whole address, such as `https://example.org/page`.",
  spec: `${specs.uri}#section-4.3`,
});

/** Checks an address; `absolute` wants a scheme, `web` wants http or https. Returns whether it is valid. */
export function checkAddress(
  value: string,
  spot: Spot,
  wants: { absolute?: boolean; web?: boolean } = {},
): boolean {
  const scheme = schemeOf.exec(value)?.[1]?.toLowerCase();
  if (scheme === "tag" && !tagUri.test(value))
    return fail(spot, invalidTagUri, value, "which is not a tag URI");
  if (scheme === "urn") return checkUrn(value, spot, wants.web ?? false);
  const character = forbidden.exec(value)?.[0];
  if (character !== undefined) {
    const problem = wants.web ? invalidUrl : forbiddenCharacter;
    return fail(spot, problem, value, `with ${nameCharacter(character)}, which addresses cannot have`);
  }
  if (/[^\u0000-\u007f]/.test(value) && wantsUri(spot)) {
    return fail(spot, beyondAscii, value, "with letters beyond ASCII");
  }
  if (wants.web && scheme !== "http" && scheme !== "https") {
    return fail(spot, invalidUrl, value, "which is not an http or https address");
  }
  if (wants.absolute && !scheme) return fail(spot, invalidUrl, value, "which is not an absolute address");
  if (scheme && /^(https?|ftp)$/.test(scheme) && !/^[a-z]+:\/\/[^/?#]/i.test(value)) {
    return fail(spot, invalidUrl, value, "which names no host");
  }
  if (scheme && /^[a-z]+$/.test(scheme) && !registeredSchemes.has(scheme)) {
    return fail(spot, unregisteredScheme, value, `whose scheme "${scheme}" is not registered`);
  }
  return true;
}

/** RSS and OPML know URIs only; Atom, and `xml:base` anywhere, know IRIs. */
function wantsUri(spot: Spot): boolean {
  let root = spot.element;
  while (root.parent) root = root.parent;
  const old = root.local === "rss" || root.local === "RDF" || root.local === "opml";
  return old && spot.element.ns !== atomNamespace && !spot.attribute?.startsWith("xml:");
}

const invalidUrn = defineProblem("value/urn", {
  severity: "error",
  title: "Not a valid URN",
  why: "Ids need to be valid addresses to be compared safely.",
  fix: "Write `urn:<namespace>:<name>` with a registered namespace.",
  spec: "https://www.rfc-editor.org/rfc/rfc8141",
});

const invalidUuid = defineProblem("value/uuid", {
  severity: "error",
  title: "Not a valid UUID",
  why: "A shortened or misspelt UUID is not unique.",
  fix: "Write 32 hexadecimal digits as `urn:uuid:8-4-4-4-12`.",
  spec: "https://www.rfc-editor.org/rfc/rfc9562",
});

function checkUrn(value: string, spot: Spot, web: boolean): boolean {
  if (web) return fail(spot, invalidUrl, value, "which is not an http or https address");
  if (/^urn:uuid:/i.test(value) && !uuidForm.test(value.slice(9))) {
    return fail(spot, invalidUuid, value, "which is not a UUID");
  }
  return urn.test(value) || fail(spot, invalidUrn, value, "which is not a URN");
}

function fail(spot: Spot, problem: Problem, value: string, what: string): false {
  spot.reject(problem, value, what);
  return false;
}

function nameCharacter(character: string): string {
  if (character === " ") return "a space";
  return character < " " || character === "\u007f" ? "a control character" : `"${character}"`;
}

/** The address in the normal form of RFC 3986, section 6.2; `undefined` when it cannot be read. */
export function canonicalAddress(value: string): string | undefined {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(value);
  if (!match) return undefined;
  const scheme = (match[1] ?? "").toLowerCase();
  if (scheme === "urn") return value.replace(/^urn:[^:]*:/i, (head) => head.toLowerCase());
  let authority = match[2];
  let path = tidyEscapes(match[3] ?? "");
  if (authority !== undefined) {
    const [, user = "", host = "", port = ""] = /^([^@]*@)?(.*?)(:\d*)?$/.exec(authority) ?? [];
    const usual = { http: ":80", https: ":443", ftp: ":21" }[scheme];
    authority = `${/^:?@$/.test(user) ? "" : user}${host.toLowerCase()}${port === ":" || port === usual ? "" : port}`;
    if (path === "" && /^(https?|ftp)$/.test(scheme)) path = "/";
    path = removeDots(path);
  }
  const tail = tidyEscapes(`${match[4] ?? ""}${match[5] ?? ""}`);
  return `${scheme}:${authority === undefined ? "" : `//${authority}`}${path}${tail}`.normalize("NFC");
}

function tidyEscapes(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
    run.toUpperCase().replaceAll(/%([2-7][0-9A-F])/g, (escaped, hex: string) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return /[\w.~-]/.test(character) ? character : escaped;
    }),
  );
}

function removeDots(path: string): string {
  if (!/(^|\/)\.\.?(\/|$)/.test(path)) return path;
  const out: string[] = [];
  const parts = path.split("/");
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part === "..") out.splice(Math.max(1, out.length - 1));
    if (part === "." || part === "..") last && out.push("");
    else out.push(part);
  }
  return out.join("/");
}

const notCanonical = defineProblem("value/url-canonical", {
  severity: "warning",
  title: "An id that is not in its normal form",
  why: "Ids are compared letter by letter; software that tidies addresses would take this for another entry.",
  fix: "Write scheme and host in lower case, without a default port, with upper-case percent-encoding and a path.",
  spec: `${specs.atom}#section-4.2.6.1`,
});

/** An id: absolute, and best in its normal form (RFC 4287, section 4.2.6.1). */
const checkId: ValueCheck = (value, spot) => {
  const id = value.trim();
  if (!checkAddress(id, spot, { absolute: true })) return;
  const canonical = canonicalAddress(id);
  if (canonical !== undefined && canonical !== id && decodesDifferently(canonical, id)) {
    spot.reject(
      notCanonical,
      id,
      "which is not in its normal form",
      `Write \`${canonical}\` if the feed is new; otherwise keep the id.`,
    );
  }
};

function decodesDifferently(canonical: string, id: string): boolean {
  return canonical.replace(/^([a-z]+:\/\/[^/?#]+)\/$/, "$1") !== id;
}

const whiteSpaceAround = defineProblem("value/white-space", {
  severity: "error",
  title: "White space around a value",
  why: "Atom allows none here, and some readers take it for part of the value.",
  fix: "Remove the white space between the tags and the value.",
  spec: `${specs.atom}#section-2`,
});

/** Atom allows no white space around ids, addresses and dates (RFC 4287, sections 2 and 3.3). */
export function bare(check: ValueCheck): ValueCheck {
  return (value, spot) => {
    if (value.trim() !== value && value.trim() !== "") {
      spot.report(whiteSpaceAround, `${spot.name} has white space around its value.`);
    } else check(value, spot);
  };
}

export const addressValues = {
  url: (value, spot) => void checkAddress(value.trim(), spot, { absolute: true }),
  "url-attribute": (value, spot) => void checkAddress(value, spot, { absolute: true }),
  "web-url": (value, spot) => void checkAddress(value.trim(), spot, { web: true }),
  reference: (value, spot) => void checkAddress(value.trim(), spot),
  "reference-attribute": (value, spot) => void checkAddress(value, spot),
  id: checkId,
  "bare-id": bare(checkId),
  "bare-reference": bare((value, spot) => void checkAddress(value, spot)),
  resource: (value, spot) =>
    void (value.trim() !== "" && checkAddress(value.trim(), spot, { absolute: true })),
} satisfies Record<string, ValueCheck>;

/** URI schemes that IANA has registered (https://www.iana.org/assignments/uri-schemes/); names only of letters. */
const registeredSchemes = new Set(
  `aaa aaas about acap acct acr admin afp afs aim amss android appdata apt ark attachment aw barion beshare bitcoin
  bitcoincash blob bolo browserext calculator callto cap cast casts chrome cid coap coaps content crid cvs dab data
  dav diaspora dict did dis dlna dns doi dpp drm drop dtn dvb dweb ed elsi embedded ens ethereum example facetime
  fax feed feedready fido file filesystem finger fish fm ftp geo gg git gizmoproject go gopher graph gtalk hcp http
  https hxxp hxxps hydrazone hyper iax icap icon im imap info iotdisco ipfs ipn ipns ipp ipps irc ircs iris isostore
  itms jabber jar jms keyparc lastfm lbry ldap ldaps leaptofrogans lorawan lpa lvlt magnet mailserver mailto maps
  market matrix message microsoft mid mms modem mongodb moz msnim msrp msrps mss mt mtqp mumble mupdate mvn news nfs
  ni nih nntp notes num oid onenote opaquelocktoken openid openpgp otpauth palm paparazzi payment payto pkcs platform
  pop pres prospero proxy psyc pttp pwid qb query quic redis rediss reload res resource rmi rsync rtmfp rtmp rtsp
  rtsps rtspu sarif secondlife service session sftp sgn shc shttp sieve simpleledger simplex sip sips skype smb smp
  sms smtp snews snmp soldat spiffe spotify ssb ssh starknet steam stun stuns submit svn swh swid swidpath tag taler
  teamspeak tel teliaeid telnet tftp things thismessage tip tn tool turn turns tv udp unreal upt urn ut uuid vemmi
  ventrilo ves videotex vnc vscode vsls w wais wasm wcr web webcal wifi wpid ws wss wtai wyciwyg xcon xfire xftp
  xmlrpc xmpp xri ymsgr javascript view`.split(/\s+/),
);
