// In comes a small part of an RSS channel: image, cloud, textInput, skipHours, skipDays; out go findings about it.

import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { type DocumentCheck, Spot } from "./document-check.ts";

/** The image: three elements are required unless it only refers to one (RSS 1.0). */
export function checkImage(image: ElementNode, check: DocumentCheck): void {
  if (isReference(image)) return;
  const has = (name: string) =>
    image.children.find((child) => child.local === name && child.prefix === image.prefix);
  if (!has("title")) check.report(image, "rss/title-missing", `<${image.name}> has no <title>.`);
  if (!has("link")) check.report(image, "rss/link-missing", `<${image.name}> has no <link>.`);
  const url = has("url");
  if (!url) check.report(image, "element/missing", `<${image.name}> has no <url>.`);
  else if (/\.\w{2,5}$/.test(pathOf(url.text)) && !/\.(gif|jpe?g|png)$/i.test(pathOf(url.text))) {
    new Spot(check, url).reject("rss/image-format", url.text, "which is neither GIF, JPEG nor PNG");
  }
}

function pathOf(address: string): string {
  const path = (address.trim().split(/[?#]/, 1)[0] ?? "").replace(/^[a-z]+:\/\/[^/]*/i, "");
  return path.slice(path.lastIndexOf("/") + 1);
}

/** textInput: nobody supports it; a reference to one (RSS 1.0) needs nothing else. */
export function checkTextInput(input: ElementNode, check: DocumentCheck): void {
  if (isReference(input)) return;
  const names = new Set(input.children.map((child) => child.local));
  for (const [name, code] of textInputParts) {
    if (!names.has(name)) check.report(input, code, `<${input.name}> has no <${name}>.`);
  }
  check.report(input, "rss/text-input", `<${input.name}> is ignored by readers.`);
}

const textInputParts = [
  ["title", "rss/title-missing"],
  ["link", "rss/link-missing"],
  ["description", "rss/description-missing"],
  ["name", "element/missing"],
] as const;

/** RSS 1.0: the channel names its image and its textinput, which stand beside it. */
function isReference(element: ElementNode): boolean {
  return element.attributes.some(({ local }) => local === "resource");
}

/** Hours: each once, 24 of them at most. */
export function checkHours(hours: ElementNode, check: DocumentCheck): void {
  checkDistinct(hours, 24, (text) => (/^\d+$/.test(text) ? String(Number(text) % 24) : text), check);
}

/** Days: each once, 7 of them at most. */
export function checkDays(days: ElementNode, check: DocumentCheck): void {
  checkDistinct(days, 7, (text) => text.toLowerCase(), check);
}

function checkDistinct(
  list: ElementNode,
  most: number,
  fold: (text: string) => string,
  check: DocumentCheck,
): void {
  const seen = new Set<string>();
  for (const child of list.children) {
    const value = fold(child.text.trim());
    if (seen.has(value))
      new Spot(check, child).reject("value/duplicate", child.text, "which stands here already");
    seen.add(value);
  }
  if (list.children.length > most) {
    check.report(
      list,
      "rss/too-many",
      `<${list.name}> has ${list.children.length} entries; ${most} are all there are.`,
    );
  }
}

/** The cloud: what is there must not be blank. */
export function checkCloud(cloud: ElementNode, check: DocumentCheck): void {
  for (const name of ["domain", "path", "protocol"]) {
    if (attributeOf(cloud, name)?.trim() === "") {
      check.report(cloud, "attribute/blank", `${name} of <${cloud.name}> is empty.`);
    }
  }
}

/** RSS 1.0 names each part by an address; RSS 0.90 does not. */
export function checkAbout(element: ElementNode, check: DocumentCheck): void {
  const about = element.attributes.some(({ local }) => local === "about");
  if (element.ns === "http://purl.org/rss/1.0/" && !about) {
    check.report(element, "attribute/missing", `<${element.name}> has no attribute "rdf:about".`);
  }
}
