import { escapeHtmlAttribute, legalize } from "./characters.ts";
import { attributeKind, globalAttributes } from "./html-rules.ts";
import { isLocalReference, parseSrcset, resolveLink, resolveMedia, resolveSrcset } from "./web-address.ts";

/** A relative reference, as written, and where it leads. */
export interface MediaReference {
  readonly written: string;
  readonly url: string;
  /** `media` is shown with the post; a `link` may be anything. */
  readonly use: "media" | "link";
}

export interface BuiltAttributes {
  /** As written in the tag, with a space before each attribute. */
  readonly text: string;
  readonly names: ReadonlySet<string>;
  /** `src` was replaced by the address that a lazy-loading script would load. */
  readonly lazy: boolean;
  /** `src` is a `data:` URL. */
  readonly inline: boolean;
  /** Addresses that were refused, for the author. */
  readonly refused: readonly string[];
  readonly references: readonly MediaReference[];
}

/** Where lazy-loading scripts keep the true address. */
const lazySources = ["data-src", "data-original", "data-lazy-src", "data-lazy"];
const lazySets = ["data-srcset", "data-lazy-srcset", "data-original-set"];

/** Checks one tag's attributes against the list for its element. `base` is the permalink. */
export function buildAttributes(
  element: string,
  written: ReadonlyMap<string, string>,
  allowed: ReadonlySet<string>,
  base: URL,
): BuiltAttributes {
  const builder = new AttributeBuilder(base);
  const { attributes, lazy } = unwrapLazy(element, written, base);
  for (const [name, value] of attributes) {
    if (allowed.has(name) || globalAttributes.has(name)) builder.add(element, name, value);
    else if (name === "style" && allowed.has("align")) builder.addAlignment(value);
    else if (name === "name" && element === "a" && !attributes.has("id")) builder.add(element, "id", value);
  }
  if ((element === "audio" || element === "video") && !builder.names.has("controls"))
    builder.put("controls", "");
  const { text, names, inline, refused, references } = builder;
  return { text, names, inline, refused, references, lazy };
}

/** Puts the address that a script would load in the place of the placeholder. */
function unwrapLazy(
  element: string,
  written: ReadonlyMap<string, string>,
  base: URL,
): { attributes: ReadonlyMap<string, string>; lazy: boolean } {
  if (element !== "img" && element !== "source" && element !== "video" && element !== "audio")
    return { attributes: written, lazy: false };
  const source = lazySources.map((name) => written.get(name)).find((value) => value !== undefined);
  const set = lazySets.map((name) => written.get(name)).find((value) => value !== undefined);
  const useSource = source !== undefined && resolveMedia(source, base) !== undefined;
  const useSet = set !== undefined && resolveSrcset(set, base) !== undefined;
  if (!useSource && !useSet) return { attributes: written, lazy: false };
  const attributes = new Map(written);
  if (useSource) attributes.set("src", source);
  else if (attributes.get("src")?.trim().startsWith("data:")) attributes.delete("src");
  if (useSet) attributes.set("srcset", set);
  return { attributes, lazy: true };
}

class AttributeBuilder {
  text = "";
  inline = false;
  readonly names = new Set<string>();
  readonly refused: string[] = [];
  readonly references: MediaReference[] = [];
  readonly #base: URL;

  constructor(base: URL) {
    this.#base = base;
  }

  put(name: string, value: string): void {
    if (this.names.has(name)) return;
    this.names.add(name);
    this.text += ` ${name}="${escapeHtmlAttribute(value)}"`;
  }

  add(element: string, name: string, value: string): void {
    const kind = attributeKind(name);
    if (kind === "link") this.#addAddress(name, value, "link", resolveLink(value, this.#base));
    else if (kind === "media") this.#addAddress(name, value, "media", resolveMedia(value, this.#base));
    else if (kind === "srcset") this.#addSet(name, value);
    else if (kind === "flag") this.put(name, "");
    else if (kind === "direction" || kind === "alignment") this.#addChoice(name, value.toLowerCase());
    else if (kind === "name") this.#addName(element, name, value);
    else if (name !== "id" || legalize(value).trim() !== "") this.put(name, value);
  }

  addAlignment(style: string): void {
    const match = /(?:^|;)\s{0,9}text-align\s{0,9}:\s{0,9}(left|center|right)\b/i.exec(style);
    if (match?.[1] !== undefined) this.put("align", match[1].toLowerCase());
  }

  #addAddress(name: string, value: string, use: "media" | "link", url: string | undefined): void {
    if (url === undefined) {
      if (value.trim() !== "")
        this.refused.push(`the address "${legalize(value).trim().slice(0, 40).replace(/\s+/g, " ")}"`);
      return;
    }
    if (url.startsWith("data:")) this.inline = true;
    if (isLocalReference(value) && !value.startsWith("#"))
      this.references.push({ written: value.trim(), url, use });
    this.put(name, url);
  }

  #addChoice(name: string, value: string): void {
    const choices = name === "dir" ? ["ltr", "rtl", "auto"] : ["left", "center", "right"];
    if (choices.includes(value)) this.put(name, value);
  }

  #addSet(name: string, value: string): void {
    const resolved = resolveSrcset(value, this.#base);
    if (resolved === undefined) return;
    for (const { url } of parseSrcset(value)) {
      const absolute = isLocalReference(url) ? resolveMedia(url, this.#base) : undefined;
      if (absolute !== undefined) this.references.push({ written: url, url: absolute, use: "media" });
    }
    this.put(name, resolved);
  }

  /** Of classes only a code block's language stays, of roles only those of footnotes. A site may allow more. */
  #addName(element: string, name: string, value: string): void {
    const role = /^doc-(?:noteref|endnotes|backlink)$/;
    const language = value.split(/\s+/).find((word) => /^language-[\w+#.-]{1,40}$/.test(word));
    if (name === "class" && element !== "code") this.put(name, value);
    else if (name === "class" && language !== undefined) this.put(name, language);
    else if (name === "role" && role.test(value)) this.put(name, value);
  }
}
