import { createHash } from "node:crypto";
import { foldName } from "./feed-name.ts";

/** Bytes of UTF-8; disks stop at 255 and some hosts earlier. */
const longest = 120;
/** Signs that make names different: C, C++ and C#. */
const spoken: Readonly<Record<string, string>> = { "+": "-plus", "#": "-sharp" };
/** Windows reserves these for devices. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Letters, marks and digits of every script in small letters, dashes between; URLs carry the rest percent-encoded.
 * Nothing is transliterated: tables of sounds differ between languages and change between versions, and a feed's
 * address must not.
 */
export function makeSlug(name: string): string {
  const words = foldName(name)
    .replace(/[+#]/g, (sign) => spoken[sign] ?? "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  const slug = words === "" ? nameSigns(name) : words;
  if (device.test(slug)) return `${slug}-${shortDigest(name)}`;
  return Buffer.byteLength(slug) <= longest ? slug : `${cut(slug)}-${shortDigest(name)}`;
}

/** Whether nothing but spaces and dashes was lost on the way. */
export function isFaithful(name: string, slug: string): boolean {
  return foldName(name).replace(/[\s_-]+/g, "-") === slug;
}

/** Six hexadecimal digits, always the same for a name. */
export function shortDigest(name: string): string {
  return createHash("sha256").update(foldName(name)).digest("hex").slice(0, 6);
}

/** A name without letters, such as an emoji: the numbers of its characters. */
function nameSigns(name: string): string {
  const numbers = [...foldName(name)].slice(0, 8).map((sign) => `u${sign.codePointAt(0)?.toString(16)}`);
  return numbers.length === 0 ? "unnamed" : numbers.join("-");
}

function cut(slug: string): string {
  let text = "";
  for (const sign of slug) {
    if (Buffer.byteLength(text + sign) > longest - 10) break;
    text += sign;
  }
  return text.replace(/-$/, "");
}
