import type { CleanEntry, Media } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/**
 * Media RSS (rssboard.org/media-rss). In RSS the image and the attachments that its one `enclosure` has no room for; in
 * Atom images alone: its own links carry every attachment, but no size in pixels and no caption.
 */
export const media = defineNamespace({
  prefix: "media",
  entry: (entry, format) => (format === "rss" ? mediaElements(entry) : imageElements(entry)),
});

/** RSS has room for one: the first sound or film, else the first that is more than an image, else the first. */
export function enclosureOf({ attachments }: CleanEntry): Media | undefined {
  const ofKind = (...kinds: string[]): Media | undefined =>
    attachments.find((file) => kinds.includes(mediumOf(file.type)));
  return ofKind("audio", "video") ?? ofKind("document") ?? attachments[0];
}

function mediaElements(entry: CleanEntry): XmlElement[] {
  const { image, attachments } = entry;
  if (image === undefined && attachments.length < 2) return none;
  const enclosed = enclosureOf(entry);
  const files = [image, ...attachments.filter((file) => file.url !== image?.url)].flatMap(
    (file) => file ?? [],
  );
  return [...groupAlternates(files, enclosed), ...thumbnail(image)];
}

const none: XmlElement[] = [];

function imageElements({ image, attachments }: CleanEntry): XmlElement[] {
  if (image === undefined && attachments.length === 0) return none;
  const others = attachments.filter((file) => mediumOf(file.type) === "image" && file.url !== image?.url);
  return [image, ...others].flatMap((file) => (file ? [mediaContent(file)] : [])).concat(thumbnail(image));
}

/** The picture of the whole entry in lists. */
function thumbnail(image: Media | undefined): XmlElement[] {
  if (image === undefined) return none;
  const { url, width, height } = image;
  return [element("media:thumbnail", undefined, { url, width, height })];
}

/**
 * Files of one name and kind are one thing in several encodings: a `media:group`, in which the enclosure is the
 * default. Everything else is by itself, and the enclosure is left out.
 */
function groupAlternates(files: readonly Media[], enclosed: Media | undefined): XmlElement[] {
  const groups = new Map<string, Media[]>();
  for (const file of files) {
    const key = `${mediumOf(file.type)} ${file.url.replace(/\.[A-Za-z0-9]{1,5}$/, "")}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()].flatMap((group) => {
    const types = new Set(group.map(({ type }) => type));
    if (group.length > 1 && types.size === group.length)
      return [
        element(
          "media:group",
          group.map((file) => mediaContent(file, file.url === enclosed?.url)),
        ),
      ];
    return group.filter(({ url }) => url !== enclosed?.url).map((file) => mediaContent(file));
  });
}

function mediaContent(file: Media, isDefault = false): XmlElement {
  const attributes = {
    url: file.url,
    type: file.type,
    medium: mediumOf(file.type),
    width: file.width,
    height: file.height,
    fileSize: file.length,
    duration: file.duration === undefined ? undefined : Math.round(file.duration),
    isDefault: isDefault ? "true" : undefined,
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
  return kind === "image" || kind === "audio" || kind === "video" ? kind : "document";
}
