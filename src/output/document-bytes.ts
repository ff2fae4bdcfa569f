// In comes a document as it was made, whole or in parts; out go its bytes in a row, and what is kept to know them by.
import { createHash } from "node:crypto";
import type { FileFacts } from "./manifest.ts";

/** UTF-8, or text that will be. */
export type DocumentContent = string | readonly Uint8Array[];

/** How many bytes it takes. */
export function sizeOf(content: DocumentContent): number {
  if (typeof content === "string") return Buffer.byteLength(content);
  return content.reduce((sum, { length }) => sum + length, 0);
}

/** Writes a document into room of just its size. */
export function fillBytes(room: Buffer, content: DocumentContent): Buffer {
  if (typeof content === "string") {
    room.write(content);
    return room;
  }
  let at = 0;
  for (const part of content) {
    room.set(part, at);
    at += part.length;
  }
  return room;
}

export function factsOf(bytes: Uint8Array): FileFacts {
  return { digest: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
}
