// In comes a post's reading; out go the image and the attachments that it names. Files are looked up later.
import type { AttachmentReference, ImageReference } from "../../model/post.ts";
import {
  isList,
  isTable,
  type Table,
  textOf,
  type Value,
  Written,
} from "../front-matter/front-matter-value.ts";
import { cleanLine, reportIgnored, reportWrong } from "./clean-field.ts";
import type { Found, Path, Reading } from "./reading.ts";

const sourceKeys = ["src", "url", "file", "path", "href", "image", "relative_url"];

/** Reads the post's own image. */
export function readImage(reading: Reading): ImageReference | undefined {
  const { image, imageAlt, imageCaption, imageCredit } = reading.fields;
  if (!image || image.value instanceof Written) return undefined;
  const path = image.path;
  const first = isList(image.value) ? image.value[0] : image.value;
  if (first === undefined) return undefined;
  const table = isTable(first) ? first : new Map<string, Value>();
  const src = isTable(first) ? pick(reading, path, first, sourceKeys) : textOf(first);
  if (src === undefined || src.trim() === "") {
    if (isTable(first) && src === undefined)
      reportWrong(reading, path, first, "an image needs its address", "Write src: inside it.");
    return undefined;
  }
  const alt = pick(reading, path, table, ["alt"]) ?? pickField(reading, imageAlt);
  const caption = pick(reading, path, table, ["caption", "title"]) ?? pickField(reading, imageCaption);
  const credit = pick(reading, path, table, ["credit", "attribution"]) ?? pickField(reading, imageCredit);
  return {
    src: cleanLine(reading, path, src),
    ...(alt !== undefined && { alt }),
    ...(caption !== undefined && { caption }),
    ...(credit !== undefined && { credit }),
  };
}

/** Reads attachments, enclosure, audio, video and podcast, in this order; each address once. */
export function readAttachments(reading: Reading): readonly AttachmentReference[] {
  const { attachments, enclosure, audio, video, podcast } = reading.fields;
  if (!attachments && !enclosure && !audio && !video && !podcast) return none;
  const found: AttachmentReference[] = [];
  for (const field of [attachments, enclosure, audio, video, podcast]) {
    if (!field) continue;
    const items: [Path, Value][] = isList(field.value)
      ? field.value.map((item, i) => [[...field.path, i], item])
      : [[field.path, field.value]];
    for (const [path, value] of items) {
      const attachment = readAttachment(reading, path, value, field === podcast);
      if (attachment && !found.some(({ src }) => src === attachment.src)) found.push(attachment);
    }
  }
  return found;
}

const none: readonly AttachmentReference[] = Object.freeze([]);

function readAttachment(
  reading: Reading,
  path: Path,
  value: Value,
  mayLackSource: boolean,
): AttachmentReference | undefined {
  // `audio: true` is a theme's switch, and names nothing.
  if (value instanceof Written && typeof value.value !== "number") return undefined;
  if (typeof value === "string") {
    const src = cleanLine(reading, path, value);
    return src === "" ? undefined : { src };
  }
  if (!isTable(value)) {
    reportWrong(
      reading,
      path,
      value,
      "a file or a URL is expected",
      "Write its address, or { src, type, length }.",
    );
    return undefined;
  }
  const src = pick(reading, path, value, ["src", "url", "file", "href", "path", "audio", "video"]);
  if (src === undefined || src === "") {
    if (!mayLackSource)
      reportWrong(reading, path, value, "an attachment needs its address", "Write src: inside it.");
    return undefined;
  }
  const type = readType(reading, path, value);
  const length = readLength(reading, path, value);
  const duration = readDuration(reading, path, value);
  const title = pick(reading, path, value, ["title"]);
  const texts = readTexts(reading, path, value);
  return {
    src,
    ...(type !== undefined && { type }),
    ...(length !== undefined && { length }),
    ...(duration !== undefined && { duration }),
    ...(title !== undefined && title !== "" && { title }),
    ...texts,
  };
}

/** What stands beside a picture. */
function readTexts(
  reading: Reading,
  path: Path,
  table: Table,
): Pick<AttachmentReference, "alt" | "caption" | "credit"> {
  const alt = pick(reading, path, table, ["alt"]);
  const caption = pick(reading, path, table, ["caption"]);
  const credit = pick(reading, path, table, ["credit", "attribution"]);
  return { ...(alt && { alt }), ...(caption && { caption }), ...(credit && { credit }) };
}

function readType(reading: Reading, path: Path, table: Table): string | undefined {
  const type = pick(reading, path, table, ["type", "mime", "mime_type", "mimetype", "media_type"]);
  if (type === undefined || /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i.test(type))
    return type?.toLowerCase();
  reportIgnored(
    reading,
    [...path, "type"],
    type,
    "it is no media type",
    "Write one such as audio/mpeg, or leave it out.",
  );
  return undefined;
}

function readLength(reading: Reading, path: Path, table: Table): number | undefined {
  const length = pick(reading, path, table, ["length", "size", "bytes", "size_in_bytes"]);
  if (length === undefined || /^\d{1,15}$/.test(length))
    return length === undefined ? undefined : Number(length);
  reportIgnored(
    reading,
    [...path, "length"],
    length,
    "it is no number of bytes",
    "Leave it out; the file is measured.",
  );
  return undefined;
}

/** Seconds from a number of them, `MM:SS` or `HH:MM:SS`. */
export function parseSeconds(text: string): number | undefined {
  if (/^\d{1,7}(?:\.\d{1,6})?$/.test(text)) return Number(text);
  if (!/^(?:\d{1,3}:)?\d{1,2}:[0-5]\d(?:\.\d{1,3})?$/.test(text)) return undefined;
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

function readDuration(reading: Reading, path: Path, table: Table): number | undefined {
  const duration = pick(reading, path, table, ["duration", "duration_in_seconds"]);
  if (duration === undefined) return undefined;
  const seconds = parseSeconds(duration);
  if (seconds !== undefined) return seconds;
  reportIgnored(reading, [...path, "duration"], duration, "it is no duration", "Write seconds, or 1:02:03.");
  return undefined;
}

function pick(reading: Reading, path: Path, table: Table, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textOf(table.get(key));
    if (text !== undefined) return cleanLine(reading, [...path, key], text);
  }
  return undefined;
}

function pickField(reading: Reading, found: Found | undefined): string | undefined {
  const text = found && textOf(found.value);
  return found && text !== undefined ? cleanLine(reading, found.path, text) : undefined;
}
