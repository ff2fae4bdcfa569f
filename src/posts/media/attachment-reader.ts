import { relative, sep } from "node:path";
import type { Config } from "../../model/config.ts";
import type { Diagnostic, Position } from "../../model/diagnostic.ts";
import type {
  Attachment,
  AttachmentReference,
  FileReference,
  ImageReference,
  Post,
} from "../../model/post.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import { isLocalReference, PageAddress, resolveMedia } from "../body/web-address.ts";
import { type Asset, assetPath, findLocalFile, listPlaces } from "./local-files.ts";
import { readMediaFacts, spellMediaType, typeByName } from "./media-facts.ts";

const missingAttachment = defineProblem("post/attachment-missing", {
  severity: "error",
  title: "An attachment that is not there",
  many: "{count} attachments are not there",
  why: "Readers would get a link to nothing. Where the file is an episode, podcast apps could not play it.",
  fix: "Correct the path, or put the file beside the post or below `assets.dir`.",
});

const missingFile = defineProblem("post/file-missing", {
  severity: "warning",
  title: "An image, a transcript or chapters that are not there",
  many: "{count} images and other files are not there",
  why: "The post goes out without the file: readers would get a link to nothing.",
  fix: "Correct the path, or put the file beside the post or below `assets.dir`.",
});

const unknownLength = defineProblem("post/attachment-length", {
  severity: "hint",
  title: "An attachment elsewhere whose size is not stated",
  why: "RSS asks for the size. Without it some apps show no progress while they download, or no size.",
  fix: "Write `length:` in bytes, as the server's Content-Length says.",
  spec: "https://www.rssboard.org/rss-specification#ltenclosuregtSubelementOfLtitemgt",
});

const mismatch = defineProblem("post/attachment-mismatch", {
  severity: "warning",
  title: "Front matter and file disagree about an attachment",
  why: "An app that trusts a wrong type or size cannot play the file or stops in the middle. Feeds get what the file says.",
  fix: "Take the value out of the front matter: the file's own is used.",
});

const unknownType = defineProblem("post/attachment-type", {
  severity: "warning",
  title: "An attachment whose media type is unknown",
  why: "Feeds have to state the type, and apps choose by it what they can play. The post goes out without the attachment.",
  fix: "Write `type:`, such as `type: audio/mpeg`.",
});

const unknownImageType = defineProblem("post/image-type", {
  severity: "warning",
  title: "A post image whose media type is unknown",
  why: "The image stays out of the feeds, and readers see the post without it.",
  fix: "Use a JPEG, PNG, GIF, WebP, AVIF or SVG file, or write its `type:`.",
});

/** Says where a field of the front matter is; `index` counts the members of a list from 0. */
export type FieldLocator = (field: string, index?: number) => Position | undefined;

/** Reads a post's attachments one by one, and collects problems and files on the way. */
export class AttachmentReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly assets: Asset[] = [];
  readonly places: string[] = [];
  readonly #post: Post;
  readonly #file: string;
  readonly #config: Config;
  readonly #locate: FieldLocator;

  constructor(post: Post, file: string, config: Config, locate: FieldLocator) {
    this.#post = post;
    this.#file = file;
    this.#config = config;
    this.#locate = locate;
  }

  async readImage(reference: ImageReference): Promise<Attachment | undefined> {
    const { src, alt, caption, credit } = reference;
    const facts = await this.#read({ src }, "image");
    return facts && { ...facts, ...defined({ alt, caption, credit }) };
  }

  async readAttachment(reference: AttachmentReference, index: number): Promise<Attachment | undefined> {
    const facts = await this.#read(reference, "attachments", index);
    const { title, alt, caption, credit } = reference;
    return facts && { ...facts, ...defined({ title, alt, caption, credit }) };
  }

  /** A file that a field of an episode names. */
  readFile({ src, type }: FileReference, field: string): Promise<Attachment | undefined> {
    return this.#read({ src, ...(type !== undefined && { type }) }, field);
  }

  #read(reference: AttachmentReference, field: string, index?: number): Promise<Attachment | undefined> {
    return isLocalReference(reference.src)
      ? this.#readLocal(reference, field, index)
      : this.#readRemote(reference, field, index);
  }

  async #readLocal(
    reference: AttachmentReference,
    field: string,
    index?: number,
  ): Promise<Attachment | undefined> {
    this.places.push(...listPlaces(reference.src, this.#post, this.#config));
    const answer = await findLocalFile(reference.src, this.#post, this.#config);
    if ("problem" in answer) {
      const problem = field === "attachments" ? missingAttachment : missingFile;
      this.#report(
        problem,
        `${this.#keyOf(field, index)} names the file "${reference.src}", which ${answer.problem}`,
        {
          field,
          index,
          hint: this.#whereToPut(reference.src),
        },
      );
      return undefined;
    }
    const { path, size, url } = answer.found;
    const facts = await readMediaFacts(path);
    const stated = reference.type === undefined ? undefined : spellMediaType(reference.type);
    const type = facts.type ?? stated;
    if (type === undefined) return this.#refuseType(reference.src, field, index);
    if (stated !== undefined && stated !== type)
      this.#disagree(reference.src, "type", stated, type, field, index);
    else if (facts.type !== undefined) await this.#compareName(path, reference.src, facts.type, field, index);
    if (reference.length !== undefined && reference.length !== size)
      this.#disagree(reference.src, "length", String(reference.length), String(size), field, index);
    const copy = this.#config.assets.copy ? assetPath(url, this.#config) : undefined;
    if (copy !== undefined) this.assets.push({ file: path, path: copy });
    const { width, height } = facts;
    const duration = facts.duration ?? reference.duration;
    const shown = relative(this.#config.root, path).split(sep).join("/");
    return { url, type, length: size, ...defined({ duration, width, height }), file: shown };
  }

  async #compareName(path: string, src: string, type: string, field: string, index?: number): Promise<void> {
    const named = await typeByName(path);
    if (named !== undefined && named !== type) this.#disagree(src, "type", named, type, field, index);
  }

  async #readRemote(
    reference: AttachmentReference,
    field: string,
    index?: number,
  ): Promise<Attachment | undefined> {
    const url = resolveMedia(reference.src, new PageAddress(this.#post.url, this.#config.site.url));
    if (url === undefined || url.startsWith("data:")) {
      this.#report(
        field === "attachments" ? missingAttachment : missingFile,
        `${this.#keyOf(field, index)} names "${reference.src.slice(0, 200)}", which is not a web address`,
        {
          field,
          index,
          hint: "Write a URL that begins with https://, or the name of a file beside the post.",
        },
      );
      return undefined;
    }
    const stated = reference.type === undefined ? undefined : spellMediaType(reference.type);
    const type = stated ?? (await typeByName(new URL(url).pathname));
    if (type === undefined) return this.#refuseType(reference.src, field, index);
    const { length, duration } = reference;
    if (length === undefined && field === "attachments")
      this.#report(unknownLength, `The size of "${reference.src}" is not stated`, {
        field,
        index,
        hint: "Add `length:` with its size in bytes; nothing is fetched to find out.",
      });
    return { url, type, ...defined({ length, duration }) };
  }

  #refuseType(src: string, field: string, index?: number): undefined {
    const isImage = field === "image";
    this.#report(
      isImage ? unknownImageType : unknownType,
      `The media type of "${src}" is unknown: its name has no known extension`,
      {
        field,
        index,
        hint: isImage
          ? "Use a name or URL that ends in .jpg, .png or the like; without it the image stays out of the feeds."
          : "Add `type:`, such as `type: audio/mpeg`.",
      },
    );
  }

  #disagree(src: string, fact: string, stated: string, found: string, field: string, index?: number): void {
    this.#report(mismatch, `"${src}" is said to have the ${fact} ${stated}, but the file has ${found}`, {
      field,
      index,
      hint: `Feeds get ${found}. Correct the name or the front matter.`,
    });
  }

  /** The key under which the file is named, in the word of front matter. */
  #keyOf(field: string, index: number | undefined): string {
    return (index === undefined ? undefined : this.#post.attachments[index]?.key) ?? field;
  }

  #whereToPut(src: string): string {
    const { dir } = this.#config.assets;
    if (dir === undefined && src.startsWith("/"))
      return "Set `assets.dir` in the configuration to the folder that `/` means, or name a file beside the post.";
    const folder =
      dir === undefined ? "" : `, or below ${relative(this.#config.root, dir).split(sep).join("/")}/`;
    return `Put the file beside the post${folder}, or write a URL.`;
  }

  #report(
    problem: Problem,
    message: string,
    details: { field: string; index: number | undefined; hint: string },
  ): void {
    const at = this.#locate(details.field, details.index);
    this.diagnostics.push(
      diagnose(problem, this.#file, message, { hint: details.hint, ...(at !== undefined && { at }) }),
    );
  }
}

/** Leaves out what is undefined, so that absent facts are absent. */
function defined<T extends Record<string, string | number | undefined>>(
  facts: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
