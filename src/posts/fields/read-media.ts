import type { AttachmentReference, Mutable, Post } from "../../model/post.ts";
import {
  isMapping,
  isSequence,
  type Mapping,
  TypedScalar,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { cleanLine, pickLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, FieldPath, WrittenField } from "./collect-fields.ts";

const sourceKeys = ["src", "url", "file", "path", "href", "image", "relative_url", "light"];

/** Reads the post's own image. */
export function readImage(context: FieldContext, post: Mutable<Post>): void {
  const { image, imageAlt, imageCaption, imageCredit } = context.fields;
  if (!image || image.value instanceof TypedScalar) return;
  const path = image.path;
  const first = isSequence(image.value) ? image.value[0] : image.value;
  if (first === undefined) return;
  const table = isMapping(first) ? first : new Map<string, Value>();
  const src = isMapping(first) ? pickLine(context, path, first, sourceKeys) : valueText(first);
  if (src === undefined || src.trim() === "") {
    if (isMapping(first) ? looksLikeImage(first) : src === undefined)
      reportIgnored(context, path, first, "it does not say where the image is", "Write src: inside it.");
    return;
  }
  const alt = pickLine(context, path, table, ["alt"]) ?? pickField(context, imageAlt);
  const caption = pickLine(context, path, table, ["caption", "title"]) ?? pickField(context, imageCaption);
  const credit = pickLine(context, path, table, ["credit", "attribution"]) ?? pickField(context, imageCredit);
  post.image = {
    src: cleanLine(context, path, src),
    ...(alt !== undefined && { alt }),
    ...(caption !== undefined && { caption }),
    ...(credit !== undefined && { credit }),
  };
}

/** Whether a table is about an image; `banner: { content }` is another thing. */
function looksLikeImage(table: Mapping): boolean {
  return [...table].some(
    ([key, value]) => key === "alt" || /\.(?:avif|gif|jpe?g|png|svg|webp)$/i.test(valueText(value) ?? ""),
  );
}

/** Reads attachments, enclosure, audio, video and podcast, in this order; each address once. */
export function readAttachments(context: FieldContext, post: Mutable<Post>): void {
  const { attachments, enclosure, audio, video, podcast } = context.fields;
  if (!attachments && !enclosure && !audio && !video && !podcast) return;
  const found: AttachmentReference[] = [];
  for (const field of [attachments, enclosure, audio, video, podcast]) {
    if (!field) continue;
    const items: [FieldPath, Value][] = isSequence(field.value)
      ? field.value.map((item, i) => [[...field.path, i], item])
      : [[field.path, field.value]];
    for (const [path, value] of items) {
      const attachment = readAttachment(context, path, value, field === podcast);
      if (attachment && !found.some(({ src }) => src === attachment.src)) found.push(attachment);
    }
  }
  post.attachments = found;
}

function readAttachment(
  context: FieldContext,
  path: FieldPath,
  value: Value,
  mayLackSource: boolean,
): AttachmentReference | undefined {
  // `audio: true` is a theme's switch, and names nothing.
  if (value instanceof TypedScalar && typeof value.value !== "number") return undefined;
  if (typeof value === "string") {
    const src = cleanLine(context, path, value);
    return src === "" ? undefined : { src, ...keyOf(path) };
  }
  if (!isMapping(value)) {
    reportIgnored(
      context,
      path,
      value,
      "it is not a file or a URL",
      "Write its address, or { src, type, length }.",
    );
    return undefined;
  }
  const src = pickLine(context, path, value, ["src", "url", "file", "href", "path", "audio", "video"]);
  if (src === undefined || src === "") {
    if (!mayLackSource)
      reportIgnored(context, path, value, "it does not say where the file is", "Write src: inside it.");
    return undefined;
  }
  const type = readType(context, path, value);
  const length = readLength(context, path, value);
  const duration = readDuration(context, path, value);
  const title = pickLine(context, path, value, ["title"]);
  const texts = readTexts(context, path, value);
  return {
    src,
    ...keyOf(path),
    ...(type !== undefined && { type }),
    ...(length !== undefined && { length }),
    ...(duration !== undefined && { duration }),
    ...(title !== undefined && title !== "" && { title }),
    ...texts,
  };
}

/** The key as it was written, where it is not `attachments`. */
function keyOf(path: FieldPath): { key?: string } {
  const key = path.filter((step) => typeof step === "string").join(".");
  return key === "attachments" ? {} : { key };
}

/** The texts that go with a picture. */
function readTexts(
  context: FieldContext,
  path: FieldPath,
  table: Mapping,
): Pick<AttachmentReference, "alt" | "caption" | "credit"> {
  const alt = pickLine(context, path, table, ["alt"]);
  const caption = pickLine(context, path, table, ["caption"]);
  const credit = pickLine(context, path, table, ["credit", "attribution"]);
  return { ...(alt && { alt }), ...(caption && { caption }), ...(credit && { credit }) };
}

function readType(context: FieldContext, path: FieldPath, table: Mapping): string | undefined {
  const type = pickLine(context, path, table, ["type", "mime", "mime_type", "mimetype", "media_type"]);
  if (type === undefined || /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i.test(type))
    return type?.toLowerCase();
  reportIgnored(
    context,
    [...path, "type"],
    type,
    "it is not a media type",
    "Write one such as audio/mpeg, or leave it out.",
  );
  return undefined;
}

function readLength(context: FieldContext, path: FieldPath, table: Mapping): number | undefined {
  const length = pickLine(context, path, table, ["length", "size", "bytes", "size_in_bytes"]);
  if (length === undefined || /^\d{1,15}$/.test(length))
    return length === undefined ? undefined : Number(length);
  reportIgnored(
    context,
    [...path, "length"],
    length,
    "it is not a number of bytes",
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

function readDuration(context: FieldContext, path: FieldPath, table: Mapping): number | undefined {
  const duration = pickLine(context, path, table, ["duration", "duration_in_seconds"]);
  if (duration === undefined) return undefined;
  const seconds = parseSeconds(duration);
  if (seconds !== undefined) return seconds;
  reportIgnored(
    context,
    [...path, "duration"],
    duration,
    "it is not a duration",
    "Write seconds, or 1:02:03.",
  );
  return undefined;
}

function pickField(context: FieldContext, found: WrittenField | undefined): string | undefined {
  const text = found && valueText(found.value);
  return found && text !== undefined ? cleanLine(context, found.path, text) : undefined;
}
