// In come an entry's image and attachments; out go Media RSS elements.
import type { CleanEntry, Media } from "../clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";

/** RSS has room for one: the first that is more than an image, else the first. */
export function enclosureOf({ attachments }: CleanEntry): Media | undefined {
  return attachments.find((file) => mediumOf(file.type) !== "image") ?? attachments[0];
}

/** The image, and the attachments that the one `enclosure` of RSS has no room for. */
export function mediaElements(entry: CleanEntry): XmlElement[] {
  const { image } = entry;
  const enclosed = enclosureOf(entry);
  const others = entry.attachments.filter((file) => file !== enclosed && file.url !== image?.url);
  const files = image && image.url !== enclosed?.url ? [image, ...others] : others;
  return files.map(mediaContent);
}

/** The image alone, for Atom, whose own links carry the attachments. */
export function imageElements({ image }: CleanEntry): XmlElement[] {
  return image === undefined ? [] : [mediaContent(image)];
}

function mediaContent(file: Media): XmlElement {
  const attributes = {
    url: file.url,
    type: file.type,
    medium: mediumOf(file.type),
    width: file.width,
    height: file.height,
    fileSize: file.length,
    duration: file.duration === undefined ? undefined : Math.round(file.duration),
  };
  const texts: [string, string | undefined][] = [
    ["media:title", file.title ?? (file.alt ? file.caption : undefined)],
    ["media:description", file.alt ?? file.caption],
    ["media:credit", file.credit],
  ];
  const children = texts.flatMap(([name, text]) => (text === undefined ? [] : [element(name, text)]));
  return element("media:content", children, attributes);
}

function mediumOf(type: string): string {
  const kind = type.slice(0, type.indexOf("/"));
  return ["image", "audio", "video"].includes(kind) ? kind : "document";
}
