// In come a post's bytes; out goes how they end, by which a file that is being written can be told from one that is whole.

/** Bytes. Enough to be words of one post, and of one place in it. */
const length = 32;

/** A number that stands for the last words of a text; 0 for one that is too short to have any. */
export function digestEnd(bytes: Uint8Array): number {
  if (bytes.length < length) return 0;
  let digest = 0x811c9dc5;
  for (let i = bytes.length - length; i < bytes.length; i += 1)
    digest = Math.imul(digest ^ (bytes[i] as number), 0x01000193);
  return digest || 1;
}

/** Whether a text is whole because it ends with the words of this digest, which stand in no other place of it. */
export function hasEnd(bytes: Buffer, digest: number): boolean {
  if (digest === 0 || digestEnd(bytes) !== digest) return false;
  const start = bytes.length - length;
  return bytes.indexOf(bytes.subarray(start)) === start;
}
