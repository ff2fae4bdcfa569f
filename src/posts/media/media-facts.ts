import { createReadStream, type ReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { extname } from "node:path";

export interface MediaFacts {
  /** From the content where it can be read, else from the name; absent when neither says. */
  readonly type?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Seconds. */
  readonly duration?: number;
}

/** Bytes read to find an image's dimensions: enough for large colour profiles and thumbnails before them. */
const imageHead = 524_288;

/** Names that people and tables use for types that have a better one (IANA media types). */
const betterNames: Readonly<Record<string, string>> = {
  "audio/mp3": "audio/mpeg",
  "audio/x-mp3": "audio/mpeg",
  "audio/m4a": "audio/mp4",
  "audio/x-m4a": "audio/mp4",
  "audio/x-m4b": "audio/mp4",
  "audio/wave": "audio/wav",
  "audio/x-wav": "audio/wav",
  "audio/x-flac": "audio/flac",
  "audio/x-aac": "audio/aac",
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "image/x-png": "image/png",
  "video/x-m4v": "video/mp4",
};

const imageTypes: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heif",
  jpg: "image/jpeg",
  jxl: "image/jxl",
  png: "image/png",
  svg: "image/svg+xml",
  tiff: "image/tiff",
  webp: "image/webp",
};

/** Beginning of the container's name as music-metadata gives it, and its media types, best first. */
const containers: readonly (readonly [name: string, types: readonly string[]])[] = [
  ["MPEG", ["audio/mpeg"]],
  ["ADTS", ["audio/aac"]],
  ["AIFF", ["audio/aiff", "audio/x-aiff"]],
  ["FLAC", ["audio/flac"]],
  ["M4A", ["audio/mp4", "video/mp4"]],
  ["mp4", ["audio/mp4", "video/mp4"]],
  ["isom", ["audio/mp4", "video/mp4"]],
  ["Ogg", ["audio/ogg", "video/ogg", "audio/opus", "application/ogg"]],
  ["WAVE", ["audio/wav"]],
  ["EBML", ["audio/webm", "video/webm", "video/x-matroska", "audio/x-matroska"]],
];

/** Containers, and the bytes by which they are known. */
const signatures: readonly (readonly [container: string, offset: number, mark: string])[] = [
  ["WAVE", 8, "WAVE"],
  ["Ogg", 0, "OggS"],
  ["FLAC", 0, "fLaC"],
  ["mp4", 4, "ftyp"],
  ["EBML", 0, "\x1aE\xdf\xa3"],
  ["AIFF", 8, "AIFF"],
];

/** Spells a media type as the registry does; undefined when it is not a media type. */
export function spellMediaType(type: string): string | undefined {
  const bare = type.trim().toLowerCase();
  if (!/^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,80}$/.test(bare)) return undefined;
  return betterNames[bare] ?? bare;
}

/** Takes the media type from the extension of a file name or of a URL's path. */
export async function typeByName(name: string): Promise<string | undefined> {
  const { default: mime } = await import("mime");
  const extension = extname(name).slice(1).toLowerCase();
  const type = extension === "" ? null : mime.getType(extension);
  return type === null ? undefined : spellMediaType(type);
}

/** Reads what the content of a plain file says about itself. Never throws: what cannot be read is absent. */
export async function readMediaFacts(path: string): Promise<MediaFacts> {
  const named = await typeByName(path);
  const family = named?.split("/")[0];
  if (family === "image") return { ...(named !== undefined && { type: named }), ...(await readImage(path)) };
  if (family === "audio" || family === "video" || named === "application/ogg")
    return { ...(named !== undefined && { type: named }), ...(await readSound(path, named ?? "")) };
  return named === undefined ? {} : { type: named };
}

async function readImage(path: string): Promise<MediaFacts> {
  try {
    const { imageSize } = await import("image-size");
    const { width, height, type, orientation } = imageSize(await readHead(path, imageHead));
    const known = imageTypes[type ?? ""];
    // EXIF orientations 5 to 8 lie on their side (CIPA DC-008, 4.6.4).
    const turned = orientation !== undefined && orientation >= 5;
    const size = turned ? { width: height, height: width } : { width, height };
    return {
      ...(known !== undefined && { type: known }),
      ...(size.width > 0 &&
        size.height > 0 && { width: Math.round(size.width), height: Math.round(size.height) }),
    };
  } catch {
    return {};
  }
}

async function readHead(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function readSound(path: string, named: string): Promise<MediaFacts> {
  try {
    const { parseFile, parseStream } = await import("music-metadata");
    const options = { duration: true, skipCovers: true };
    // music-metadata trusts the file's name; where the first bytes say otherwise, their type is passed on.
    const signed = signatureOf(await readHead(path, 16));
    const trusted = signed === undefined || signed.includes(named);
    const { format } = await (trusted
      ? parseFile(path, options)
      : withStream(path, (stream) => parseStream(stream, { mimeType: signed[0] ?? named }, options)));
    const types = containers.find(([name]) => (format.container ?? "").startsWith(name))?.[1] ?? [];
    const type = types.includes(named) ? named : types[0];
    const { duration } = format;
    return {
      ...(type !== undefined && { type }),
      ...(duration !== undefined && Number.isFinite(duration) && duration > 0 && { duration }),
    };
  } catch {
    return {};
  }
}

async function withStream<T>(path: string, read: (stream: ReadStream) => Promise<T>): Promise<T> {
  const stream = createReadStream(path);
  try {
    return await read(stream);
  } finally {
    stream.destroy();
  }
}

/** Media types that fit a file's first bytes; undefined when they are not known. */
function signatureOf(head: Uint8Array): readonly string[] | undefined {
  const text = Buffer.from(head).toString("latin1");
  const container = signatures.find(([, offset, mark]) => text.startsWith(mark, offset))?.[0];
  return containers.find(([name]) => name === container)?.[1];
}
