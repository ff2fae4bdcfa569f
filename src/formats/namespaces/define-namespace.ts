import type { Format } from "../../model/format.ts";
import { type KnownPrefix, type Namespaces, namespaceUri } from "../../model/namespaces.ts";
import type { CleanEntry } from "../input/clean-entry.ts";
import type { CleanHead } from "../input/clean-head.ts";
import type { XmlElement } from "../xml.ts";

export type XmlFormat = Exclude<Format, "json">;

export type Json = string | number | boolean | null | readonly Json[] | Members;

/** Members of a JSON object; those without a value are not written. */
export type Members = { readonly [name: string]: Json | undefined };

/** Elements and members that documents have beside those of their own format. */
export interface Supplement {
  /** The XML formats whose documents may have them. */
  readonly formats: readonly XmlFormat[];
  /** Elements for an entry; none where it has nothing to say. */
  readonly entry?: (entry: CleanEntry, format: XmlFormat) => readonly XmlElement[];
  /** Elements for the head of a feed. */
  readonly channel?: (head: CleanHead, format: XmlFormat) => readonly XmlElement[];
  /** The same in JSON Feed: members named `_name`. */
  readonly members?: (entry: CleanEntry) => Members;
}

/** Those of one namespace. */
export interface Namespace extends Supplement {
  readonly prefix: KnownPrefix;
}

const formatsByPrefix = new Map<string, readonly XmlFormat[]>();

/** Defines a namespace; its URI is in model/namespaces.ts. Without `formats` both XML formats may use it. */
export function defineNamespace<
  const Definition extends Partial<Supplement> & { readonly prefix: KnownPrefix },
>(definition: Definition): Definition & Namespace {
  const { prefix, formats = ["rss", "atom"] } = definition;
  formatsByPrefix.set(prefix, formats);
  return { ...definition, formats };
}

/** Whether elements with this prefix belong in a document of this format. */
export function prefixFits(prefix: string, format: XmlFormat, declared: Namespaces): boolean {
  if (namespaceUri(prefix, declared) === undefined) return false;
  return formatsByPrefix.get(prefix)?.includes(format) ?? true;
}
