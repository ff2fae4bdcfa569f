// In comes a value that is to be an address; out go findings by RFC 3986, 3987, 4151, 8141 and 9562.
import { atomNamespace } from "../parse/namespaces.ts";
import type { Spot, ValueCheck } from "../rules/document-check.ts";

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
/** ASCII that neither RFC 3986 nor RFC 3987 allows anywhere. */
const FORBIDDEN = /[\u0000-\u0020"<>\\^`{|}\u007f]/;
const URN =
  /^urn:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9]):(?:[\w.~!$&'()*+,;=:@/-]|[^\u0000-\u007f]|%[0-9a-f]{2})+(?:[?#].*)?$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const TAG = new RegExp(
  `^tag:(?:[a-z0-9._-]+@)?${LABEL}(?:\\.${LABEL})*,\\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\\d|3[01]))?)?:` +
    `(?:[\\w.~!$&'()*+,;=:@/?-]|[^\\u0000-\\u007f]|%[0-9a-f]{2})*(?:#.*)?$`,
  "i",
);

/** Checks an address; `absolute` wants a scheme, `web` wants http or https. Says whether it is sound. */
export function checkAddress(
  value: string,
  place: Spot,
  wants: { absolute?: boolean; web?: boolean } = {},
): boolean {
  const scheme = SCHEME.exec(value)?.[1]?.toLowerCase();
  if (scheme === "tag" && !TAG.test(value))
    return fail(place, "value/tag-uri", value, "which is not a tag URI");
  if (scheme === "urn") return checkUrn(value, place, wants.web ?? false);
  const character = FORBIDDEN.exec(value)?.[0];
  if (character !== undefined) {
    const code = wants.web ? "value/url" : "value/url-character";
    return fail(place, code, value, `with ${nameCharacter(character)}, which addresses cannot have`);
  }
  if (/[^\u0000-\u007f]/.test(value) && wantsUri(place)) {
    return fail(place, "value/url-ascii", value, "with letters beyond ASCII");
  }
  if (wants.web && scheme !== "http" && scheme !== "https") {
    return fail(place, "value/url", value, "which is not an http or https address");
  }
  if (wants.absolute && !scheme) return fail(place, "value/url", value, "which is not an absolute address");
  if (scheme && /^(https?|ftp)$/.test(scheme) && !/^[a-z]+:\/\/[^/?#]/i.test(value)) {
    return fail(place, "value/url", value, "which names no host");
  }
  if (scheme && /^[a-z]+$/.test(scheme) && !isRegisteredScheme(scheme)) {
    return fail(place, "value/url-scheme", value, `whose scheme "${scheme}" nobody registered`);
  }
  return true;
}

/** RSS and OPML know URIs only; Atom, and `xml:base` anywhere, know IRIs. */
function wantsUri(place: Spot): boolean {
  let root = place.element;
  while (root.parent) root = root.parent;
  const old = root.local === "rss" || root.local === "RDF" || root.local === "opml";
  return old && place.element.ns !== atomNamespace && !place.attribute?.startsWith("xml:");
}

function checkUrn(value: string, place: Spot, web: boolean): boolean {
  if (web) return fail(place, "value/url", value, "which is not an http or https address");
  if (/^urn:uuid:/i.test(value) && !UUID.test(value.slice(9))) {
    return fail(place, "value/uuid", value, "which is not a UUID");
  }
  return URN.test(value) || fail(place, "value/urn", value, "which is not a URN");
}

function fail(place: Spot, code: Parameters<Spot["reject"]>[0], value: string, what: string): false {
  place.reject(code, value, what);
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

/** An id: absolute, and best in its normal form (RFC 4287, section 4.2.6.1). */
const checkId: ValueCheck = (value, place) => {
  const id = value.trim();
  if (!checkAddress(id, place, { absolute: true })) return;
  const canonical = canonicalAddress(id);
  if (canonical !== undefined && canonical !== id && decodesDifferently(canonical, id)) {
    place.reject(
      "value/url-canonical",
      id,
      "which is not in its normal form",
      `Write \`${canonical}\` if nobody knows the feed yet; otherwise keep it as it is.`,
    );
  }
};

function decodesDifferently(canonical: string, id: string): boolean {
  return canonical.replace(/^([a-z]+:\/\/[^/?#]+)\/$/, "$1") !== id;
}

/** Atom allows no white space around ids, addresses and dates (RFC 4287, sections 2 and 3.3). */
export function bare(check: ValueCheck): ValueCheck {
  return (value, place) => {
    if (value.trim() !== value && value.trim() !== "") {
      place.report("value/white-space", `${place.name} has white space around its value.`);
    } else check(value, place);
  };
}

export const addressValues = {
  url: (value, place) => void checkAddress(value.trim(), place, { absolute: true }),
  "url-attribute": (value, place) => void checkAddress(value, place, { absolute: true }),
  "web-url": (value, place) => void checkAddress(value.trim(), place, { web: true }),
  reference: (value, place) => void checkAddress(value.trim(), place),
  "reference-attribute": (value, place) => void checkAddress(value, place),
  id: checkId,
  "bare-id": bare(checkId),
  "bare-reference": bare((value, place) => void checkAddress(value, place)),
  resource: (value, place) =>
    void (value.trim() !== "" && checkAddress(value.trim(), place, { absolute: true })),
} satisfies Record<string, ValueCheck>;

const REGISTERED = new Set(
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

/** Whether IANA knows the scheme; lower case in. */
export function isRegisteredScheme(scheme: string): boolean {
  return REGISTERED.has(scheme);
}
