import { defineProblem, type Problem } from "../../model/problem.ts";
import { specs } from "../rules/specs.ts";

/** What decoding found; `offset` is in UTF-16 code units of `text`. */
export interface DecodedText {
  readonly text: string;
  /** Name of the encoding that was used, lower case. */
  readonly encoding: string;
  readonly faults: readonly { problem: Problem; offset: number; message: string; hint?: string }[];
}

type Fault = DecodedText["faults"][number];

/** Encodings that every XML reader of the last twenty years knows. */
const commonEncodings =
  /^(utf-?(8|16|16le|16be)|us-ascii|ascii|iso-8859-\d+|iso-?latin-?\d|latin-?\d|windows-125\d|shift[_-]jis|euc-(jp|kr)|iso-2022-(jp|kr)|big5|gb(2312|k|18030)|koi8-[ru]|tis-620)$/;

/** Labels that XML documents carry and that the Encoding Standard spells otherwise. */
const aliases: Readonly<Record<string, string>> = {
  "mac-cyrillic": "x-mac-cyrillic",
  "mac-roman": "macintosh",
  cp1250: "windows-1250",
  cp1251: "windows-1251",
  cp1252: "windows-1252",
  cp866: "ibm866",
};

const declaration = /^\s*<\?xml\s[^>]*?encoding\s*=\s*(["'])([^"'>]{1,60})\1/;

const encodingConflict = defineProblem("xml/encoding-conflict", {
  severity: "error",
  title: "Byte order mark and declaration disagree",
  why: "Some readers believe the mark, others the declaration.",
  fix: "Declare the encoding that the document is in; UTF-8 is best.",
  spec: `${specs.xml}#charencoding`,
});

const charsetConflict = defineProblem("xml/charset-conflict", {
  severity: "error",
  title: "Server and document name different encodings",
  why: "Which one wins depends on the reader, and with it every letter beyond ASCII.",
  fix: "Let the server say `charset=utf-8` and the document be UTF-8.",
  spec: "https://www.rfc-editor.org/rfc/rfc7303",
});

/** Decodes as XML 1.0 Appendix F and RFC 7303 say: byte order mark, then header, then declaration, then UTF-8. */
export function decodeBytes(bytes: Uint8Array, headerCharset?: string): DecodedText {
  const faults: Fault[] = [];
  const mark = markOf(bytes);
  const body = bytes.subarray(mark?.length ?? 0);
  const probe = mark?.encoding.startsWith("utf-16")
    ? decodeAs(mark.encoding, body.subarray(0, 512))
    : Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 256)).toString("latin1");
  const declared = declaration.exec(probe)?.[2]?.toLowerCase();
  const header = headerCharset?.trim().toLowerCase();
  if (mark && declared && !agrees(mark.encoding, declared)) {
    const message = `The document begins with a ${mark.encoding.toUpperCase()} byte order mark but declares "${declared}".`;
    const hint = `Declare encoding="${mark.encoding.replace(/^utf-16.*/, "utf-16")}", or leave the declaration out.`;
    faults.push({ problem: encodingConflict, offset: offsetIn(probe, declared), message, hint });
  }
  if (header && declared && !agrees(header, declared)) {
    const message = `The server says charset "${header}" and the document declares "${declared}".`;
    const hint = "Make both say utf-8.";
    faults.push({ problem: charsetConflict, offset: offsetIn(probe, declared), message, hint });
  }
  const wanted = mark?.encoding ?? header ?? declared ?? "utf-8";
  return { ...decodeWanted(wanted, body, probe, faults), faults };
}

const unknownEncoding = defineProblem("xml/encoding-unknown", {
  severity: "error",
  title: "An encoding that does not exist",
  why: "No reader can decode the document.",
  fix: "Save the document as UTF-8 and declare that.",
  spec: `${specs.xml}#charencoding`,
});

const obscureEncoding = defineProblem("xml/encoding-obscure", {
  severity: "warning",
  title: "A rare encoding",
  why: "XML readers need to know UTF-8 and UTF-16 only; many know a few more, hardly any know this one.",
  fix: "Save the document as UTF-8.",
  spec: `${specs.xml}#charencoding`,
});

function decodeWanted(wanted: string, body: Uint8Array, probe: string, faults: Fault[]) {
  const offset = offsetIn(probe, wanted);
  if (!commonEncodings.test(wanted)) {
    const message = `The encoding "${wanted}" is one that many readers cannot decode.`;
    faults.push({ problem: obscureEncoding, offset, message });
  }
  const label = aliases[wanted] ?? wanted;
  if (/^(iso-8859-1|latin-?1|iso-?latin-?1)$/.test(label))
    return { text: latin1(body), encoding: "iso-8859-1" };
  if (/^(us-)?ascii$/.test(label)) return decodeAscii(body, faults);
  // What could be read far enough to find a declaration is not UTF-16, whatever the declaration says.
  const name =
    /^utf-?16(le|be)?$/.test(label) && probe.startsWith("<?xml") && body[1] !== 0 ? "utf-8" : label;
  if (name !== label) {
    const message = `The document declares "${wanted}", but its characters have one byte each.`;
    faults.push({ problem: encodingConflict, offset, message, hint: "Declare utf-8." });
  }
  if (!knows(name)) {
    faults.push({ problem: unknownEncoding, offset, message: `No encoding is called "${wanted}".` });
    return { text: decodeAs("utf-8", body), encoding: "utf-8" };
  }
  return decodeStrictly(name, body, faults);
}

const wrongBytes = defineProblem("xml/encoding", {
  severity: "error",
  title: "Bytes that do not fit the encoding",
  why: "Readers show wrong characters, or reject the feed.",
  fix: 'Save the document as UTF-8 and declare `encoding="utf-8"`, or nothing.',
  spec: `${specs.xml}#charencoding`,
});

function decodeAscii(body: Uint8Array, faults: Fault[]) {
  const at = body.findIndex((byte) => byte > 0x7f);
  if (at >= 0) {
    const byte = (body[at] ?? 0).toString(16).padStart(2, "0");
    const message = `The byte 0x${byte} does not occur in us-ascii, which the document declares.`;
    const hint = "Save the document as UTF-8 and declare that.";
    faults.push({ problem: wrongBytes, offset: at, message, hint });
  }
  return { text: latin1(body), encoding: "us-ascii" };
}

function decodeStrictly(encoding: string, body: Uint8Array, faults: Fault[]) {
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body), encoding };
  } catch {
    const text = decodeAs(encoding, body);
    const message = `The document is not ${encoding}: it holds bytes that this encoding does not allow.`;
    const hint = "Save the document as UTF-8, or declare the encoding it is in.";
    faults.push({ problem: wrongBytes, offset: Math.max(0, text.indexOf("\ufffd")), message, hint });
    return { text, encoding };
  }
}

function offsetIn(probe: string, label: string): number {
  return Math.max(0, probe.toLowerCase().indexOf(label));
}

function markOf(bytes: Uint8Array): { encoding: string; length: number } | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: "utf-32le", length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  if (a === 0x3c && b === 0 && d === 0) return { encoding: "utf-16le", length: 0 };
  if (a === 0 && b === 0x3c && c === 0) return { encoding: "utf-16be", length: 0 };
  return undefined;
}

function agrees(one: string, other: string): boolean {
  const plain = (label: string) => label.replaceAll(/[-_]/g, "").replace(/^utf16(le|be)$/, "utf16");
  if (plain(one) === plain(other)) return true;
  return knows(one) && knows(other) && new TextDecoder(one).encoding === new TextDecoder(other).encoding;
}

function knows(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "replacement";
  } catch {
    return false;
  }
}

function decodeAs(label: string, bytes: Uint8Array): string {
  return knows(label) ? new TextDecoder(label, { ignoreBOM: true }).decode(bytes) : latin1(bytes);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
