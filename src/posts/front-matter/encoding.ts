// In come the bytes of a post; out goes where they stop being UTF-8 text, or nothing.
import { isUtf8 } from "node:buffer";
import type { HeadProblem } from "./head.ts";

/** Says where bytes stop being UTF-8 text that can be read, or undefined when all is well. */
export function findEncodingProblem(bytes: Buffer): HeadProblem | undefined {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0));
  if (utf16) return encodingProblem("The file is UTF-16 text, seen at byte 0.");
  if (!isUtf8(bytes)) {
    const offset = findInvalidByte(bytes);
    return encodingProblem(
      `The file is not UTF-8: the byte at offset ${offset} (0x${bytes[offset]?.toString(16)}) belongs to no character.`,
      bytes.subarray(0, offset),
    );
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[3] === 0xef && bytes[4] === 0xbb && bytes[5] === 0xbf)
    return encodingProblem("The file starts with two byte order marks; the second one is at byte 3.");
  return undefined;
}

function encodingProblem(message: string, before?: Buffer): HeadProblem {
  const lines = before?.toString("utf8").split("\n") ?? [""];
  return {
    kind: "problem",
    code: "file/encoding",
    message,
    hint: "Save the file as UTF-8 with LF or CRLF line ends.",
    line: lines.length,
    column: (lines.at(-1) ?? "").length + 1,
  };
}

/** The first byte that differs once decoded and encoded again, moved back to the start of its character. */
function findInvalidByte(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString("utf8"));
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at += 1;
  while (at > 0 && ((again[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}
