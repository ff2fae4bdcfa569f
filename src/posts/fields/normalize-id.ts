// In comes an id as anybody wrote it; out goes the id that a post has whose front matter says so. Pure.
import { cleanLine } from "./clean-field.ts";
import { spellId } from "./read-addresses.ts";

/**
 * In NFC, and on one line with single spaces, without characters that feeds cannot carry; empty where nothing is left.
 * Ids that are the same in this form cannot be told apart by what front matter says.
 */
export function normalizeId(id: string): string {
  // What stood on either side of a removed character may be another text now that they meet.
  return readOnce(readOnce(id));
}

function readOnce(id: string): string {
  return spellId(cleanLine({ findings: [] }, [], id).trim());
}
