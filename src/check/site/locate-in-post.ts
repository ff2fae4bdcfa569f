// The line of a post that a part of its entry was made from.
import type { Config } from "../../model/config.ts";
import { type Position, positionAt } from "../../model/diagnostic.ts";
import { type FieldTrace, findWritten, tracePost } from "../../posts/fields/trace-post.ts";
import { locateBody } from "../../posts/front-matter/front-matter.ts";

/** The fields of front matter that an element of an entry may come from, the likeliest first. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  title: ["title"],
  link: ["permalink", "link", "slug"],
  url: ["permalink", "link", "slug"],
  loc: ["permalink", "link", "slug"],
  guid: ["id", "permalink", "slug"],
  id: ["id", "permalink", "slug"],
  external_url: ["externalUrl", "link"],
  pubDate: ["date"],
  published: ["date"],
  date_published: ["date"],
  updated: ["updated", "date"],
  date_modified: ["updated", "date"],
  lastmod: ["updated", "date"],
  date: ["date"],
  author: ["authors"],
  authors: ["authors"],
  creator: ["authors"],
  contributor: ["authors"],
  category: ["tags", "categories", "category", "section"],
  tags: ["tags", "categories", "category"],
  keywords: ["tags"],
  enclosure: ["attachments", "enclosure", "audio", "video", "podcast", "image"],
  attachments: ["attachments", "enclosure", "audio", "video", "podcast"],
  image: ["image"],
  banner_image: ["image"],
  language: ["language"],
  comments: ["comments"],
  commentRss: ["commentsFeed"],
  license: ["license"],
  rights: ["license"],
  summary: ["description"],
  description: ["description"],
  duration: ["attachments", "enclosure", "audio", "video", "podcast"],
  season: ["season"],
  episode: ["episode"],
  episodeType: ["episodeType"],
  explicit: ["explicit"],
  transcript: ["transcript"],
  chapters: ["chapters"],
  soundbite: ["soundbite"],
  person: ["persons"],
  "in-reply-to": ["inReplyTo"],
  point: ["geo", "location"],
  news: ["title"],
};

const media: readonly string[] = ["image", "attachments", "enclosure", "audio", "video", "podcast"];
const ofBody: ReadonlySet<string> = new Set([
  "description",
  "encoded",
  "content",
  "content_html",
  "content_text",
  "summary",
  "markdown",
]);

/** What a message quotes: values in `"…"` and `` `…` ``, elements in `<…>`, attributes by name. */
function quotedIn(message: string): string[] {
  const quoted = [...message.matchAll(/"([^"]+)"|`([^`]+)`/g)].map(([, value, code]) => value ?? code ?? "");
  const attributes = [...message.matchAll(/\b(?:attribute )?([a-z][\w-]*) of </g)].map(
    ([, name]) => `${name}=`,
  );
  const elements = [...message.matchAll(/<([a-z][\w:-]*)>/gi)].map(([, name]) => `<${name}`);
  return [...quoted, ...attributes, ...elements].filter((text) => text.length > 1);
}

/** The part of an entry that a message about the whole entry is about; empty when it names none. */
function wordFor(message: string): string {
  const words = message.match(/[A-Za-z_]+/g) ?? [];
  return words.find((word) => Object.hasOwn(fieldsOf, word) || ofBody.has(word)) ?? "";
}

/** One post's file, read once. */
export class PostLines {
  readonly #bytes: Buffer;
  readonly #file: string;
  readonly #config: Config;
  #traces: readonly FieldTrace[] | undefined;

  /** @param file below the posts folder */
  constructor(file: string, bytes: Buffer, config: Config) {
    this.#file = file;
    this.#bytes = bytes;
    this.#config = config;
  }

  /** Where the value behind an element of the entry is written; the first line where it is not. */
  find(part: string, message: string): Position {
    const local = (part === "" ? wordFor(message) : part).replace(/^.*:/, "");
    const isMedia = part.startsWith("media:") || part === "itunes:image";
    const field = this.#findField(isMedia ? media : (fieldsOf[local] ?? []));
    // Without a description in front matter, the beginning of the body serves as one.
    if (field) return field;
    return ofBody.has(local) && !isMedia ? this.#findInBody(message) : { line: 1, column: 1 };
  }

  #findField(fields: readonly string[]): Position | undefined {
    this.#traces ??= tracePost({ file: this.#file, bytes: this.#bytes }, this.#config);
    return findWritten(this.#traces, fields);
  }

  #findInBody(message: string): Position {
    const { offset, line } = locateBody(this.#bytes);
    const body = this.#bytes.toString("utf8", offset);
    const found = quotedIn(message)
      .map((text) => body.indexOf(text))
      .find((at) => at >= 0);
    const at = positionAt(body, found ?? Math.max(0, body.search(/\S/)));
    return { line: line + at.line - 1, column: at.column };
  }
}
