import { defineProblem, type Problem } from "../../model/problem.ts";
import { checkHtml } from "../parse/html.ts";
import type { JsonNode, JsonTree } from "../parse/json-tree.ts";
import type { DocumentCheck } from "../rules/document-check.ts";
import { cut } from "../rules/document-findings.ts";
import { checkJsonFeed, checkJsonItem, memberMissing } from "../rules/json-feed.ts";
import { specs } from "../rules/specs.ts";
import { readAtomDate } from "../values/dates.ts";
import { findMarkup, markupInText } from "../values/text.ts";
import { isLanguageTag, isMediaType } from "../values/words.ts";

type Report = (code: Problem, offset: number, message: string, hint?: string) => void;

const notJson = defineProblem("json/syntax", {
  severity: "error",
  title: "Not JSON",
  why: "No reader can parse the document.",
  fix: "Serialise the feed with a JSON library instead of writing it by hand.",
  spec: specs.rfc8259,
});

const wrongType = defineProblem("json/type", {
  severity: "error",
  title: "A member of the wrong type",
  why: "Strict readers reject the document, others the member.",
  fix: "Write the type that the message names.",
  spec: `${specs.json}#top-level`,
});

/** Checks a document that is to be a JSON Feed. */
export function checkJson({ root, broken }: JsonTree, document: DocumentCheck): void {
  const report: Report = (code, offset, message, hint) => document.findings.add(code, offset, message, hint);
  if (broken) report(notJson, broken.offset, `Not JSON: ${broken.message}.`);
  if (!root) return;
  const feed = jsonShapes.feed;
  if (root.type !== "object" || !feed) {
    report(wrongType, root.offset, `The document is ${describeNode(root)}, not an object.`);
    return;
  }
  walkObject(root, feed, report);
  checkJsonFeed(root, document);
}

const memberRepeated = defineProblem("json/member-repeated", {
  severity: "error",
  title: "A member that stands twice",
  why: "Readers take the first or the last.",
  fix: "Keep one.",
  spec: specs.rfc8259,
});

const memberUnknown = defineProblem("json/unknown", {
  severity: "error",
  title: "A member that JSON Feed does not have",
  why: "Readers skip it; extensions begin with an underscore.",
  fix: "Correct the name or begin it with `_`.",
  spec: `${specs.json}#extensions`,
});

const emptyAuthor = defineProblem("json/author-empty", {
  severity: "error",
  title: "An author without name, url and avatar",
  why: "There is nothing to show.",
  fix: "Add `name`.",
  spec: `${specs.json}#top-level`,
});

function walkObject(node: Extract<JsonNode, { type: "object" }>, shape: JsonShape, report: Report): void {
  const seen = new Set<string>();
  for (const { name, offset, node: value } of node.members) {
    if (seen.has(name)) report(memberRepeated, offset, `"${cut(name, 60)}" stands twice in ${shape.title}.`);
    seen.add(name);
    const kind = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (kind !== undefined) walkValue(name, value, kind, report);
    else if (name.startsWith("_")) checkExtension(name, offset, value, report);
    else
      report(
        memberUnknown,
        offset,
        `${upper(shape.title)} has no member "${cut(name, 60)}".`,
        nearest(name, shape),
      );
  }
  for (const name of shape.required) {
    if (!seen.has(name))
      report(memberMissing, node.offset, `${upper(shape.title)} has no "${name}".`, `Add \`"${name}"\`.`);
  }
  if (shape === jsonShapes.item) checkJsonItem(node, report);
  if (shape === jsonShapes.author && !node.members.some(({ name }) => /^(name|url|avatar)$/.test(name))) {
    report(emptyAuthor, node.offset, "The author has neither name nor url nor avatar.");
  }
}

function walkValue(name: string, node: JsonNode, kind: string, report: Report): void {
  if (kind.endsWith("[]")) {
    if (node.type !== "array")
      report(wrongType, node.offset, `"${name}" is ${describeNode(node)}, not a list.`);
    else for (const item of node.items) walkValue(name, item, kind.slice(0, -2), report);
    return;
  }
  const shape = Object.hasOwn(jsonShapes, kind) ? jsonShapes[kind] : undefined;
  if (shape) {
    if (node.type === "object") walkObject(node, shape, report);
    else report(wrongType, node.offset, `"${name}" is ${describeNode(node)}, not an object.`);
    return;
  }
  const wanted = kind === "boolean" ? "boolean" : kind === "count" ? "number" : "string";
  if (node.type !== wanted) {
    report(wrongType, node.offset, `"${name}" is ${describeNode(node)}, not ${articles[wanted]}.`);
  } else if (node.type === "string") checkString(name, node.value, kind, node.offset, report);
  else if (node.type === "number" && node.value < 0) {
    report(wrongType, node.offset, `"${name}" is ${node.value}; it counts from 0.`);
  }
}

const invalidJsonUrl = defineProblem("json/url", {
  severity: "error",
  title: "Not an absolute address",
  why: "Readers cannot open it.",
  fix: "Write the whole address.",
  spec: `${specs.json}#top-level`,
});

const invalidJsonDate = defineProblem("json/date", {
  severity: "error",
  title: "Not an RFC 3339 date",
  why: "Readers that cannot read the date sort the item wrongly.",
  fix: "Write `2026-11-23T08:30:00Z`.",
  spec: `${specs.json}#items`,
});

const invalidJsonMediaType = defineProblem("json/media-type", {
  severity: "error",
  title: "Not a media type",
  why: "Readers choose a player by it.",
  fix: "Write a type such as `audio/mpeg`.",
  spec: `${specs.json}#attachments`,
});

const invalidJsonLanguage = defineProblem("json/language", {
  severity: "error",
  title: "Not a language tag",
  why: "Readers choose fonts and direction by it.",
  fix: "Write a BCP 47 tag such as `en`.",
  spec: `${specs.json}#top-level`,
});

function checkString(name: string, value: string, kind: string, offset: number, report: Report): void {
  const shown = `"${name}" is "${cut(value, 120)}"`;
  if (kind === "url" && !isAbsolute(value))
    report(invalidJsonUrl, offset, `${shown}, which is not an absolute address.`);
  else if (kind === "date" && readAtomDate(value) === undefined) {
    report(invalidJsonDate, offset, `${shown}, which is not an RFC 3339 date.`);
  } else if (kind === "language" && !isLanguageTag(value)) {
    report(invalidJsonLanguage, offset, `${shown}, which is not a language tag.`);
  } else if (kind === "media-type" && !isMediaType(value)) {
    report(invalidJsonMediaType, offset, `${shown}, which is not a media type.`);
  } else if (kind === "plain" && findMarkup(value) !== undefined) {
    report(markupInText, offset, `"${name}" is plain text but holds \`${findMarkup(value)}\`.`);
  } else if (kind === "html") checkHtml(value, false, (code, _, message) => report(code, offset, message));
}

/** An address with a scheme and nothing that RFC 3986 and 3987 forbid. */
function isAbsolute(value: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:[^\s<>"\\^`{|}\u0000-\u0020]+$/i.test(value) &&
    !/^(https?|ftp):(?!\/\/[^/?#])/i.test(value)
  );
}

const brokenExtension = defineProblem("json/extension", {
  severity: "error",
  title: "An extension with a wrong name or value",
  why: "Extensions are objects, begin with `_` and a letter, and have no dots.",
  fix: "Rename it, and make its value an object.",
  spec: `${specs.json}#extensions`,
});

function checkExtension(name: string, offset: number, node: JsonNode, report: Report): void {
  if (!/^_[a-zA-Z][^.]*$/.test(name)) {
    report(brokenExtension, offset, `The extension "${cut(name, 60)}" is not \`_\`, a letter and no dots.`);
  } else if (node.type !== "object") {
    report(brokenExtension, offset, `The extension "${name}" is ${describeNode(node)}, not an object.`);
  } else if (node.members.some((member) => member.name.includes("."))) {
    report(brokenExtension, offset, `The extension "${name}" has a member with a dot in its name.`);
  }
}

const articles = { string: "a string", number: "a number", boolean: "true or false" } as const;

function describeNode(node: JsonNode): string {
  if (node.type === "string") return "a string";
  if (node.type === "null") return "null";
  if (node.type === "array") return "a list";
  if (node.type === "object") return "an object";
  return String(node.value);
}

function upper(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}

function nearest(name: string, shape: JsonShape): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, "");
  const same = Object.keys(shape.members).find((known) => plain(known) === plain(name));
  return same && `Write \`"${same}"\`.`;
}

export interface JsonShape {
  /** What the object is, for messages. */
  readonly title: string;
  /** Kinds by name: a kind of value that `check-json.ts` knows, or a name of {@link jsonShapes}; `<kind>[]` is a list. */
  readonly members: Readonly<Record<string, string>>;
  readonly required: readonly string[];
}

const shared = { author: "author", authors: "author[]", language: "language" };

export const jsonShapes: Readonly<Record<string, JsonShape>> = {
  feed: {
    title: "the feed",
    members: {
      version: "string",
      title: "plain",
      home_page_url: "url",
      feed_url: "url",
      description: "plain",
      user_comment: "string",
      next_url: "url",
      icon: "url",
      favicon: "url",
      expired: "boolean",
      hubs: "hub[]",
      items: "item[]",
      ...shared,
    },
    required: ["version", "title", "items"],
  },
  item: {
    title: "the item",
    members: {
      id: "string",
      url: "url",
      external_url: "url",
      title: "plain",
      content_html: "html",
      content_text: "string",
      summary: "plain",
      image: "url",
      banner_image: "url",
      date_published: "date",
      date_modified: "date",
      tags: "plain[]",
      attachments: "attachment[]",
      ...shared,
    },
    required: ["id"],
  },
  author: { title: "the author", members: { name: "plain", url: "url", avatar: "url" }, required: [] },
  hub: { title: "the hub", members: { type: "string", url: "url" }, required: ["type", "url"] },
  attachment: {
    title: "the attachment",
    members: {
      url: "url",
      mime_type: "media-type",
      title: "plain",
      size_in_bytes: "count",
      duration_in_seconds: "count",
    },
    required: ["url", "mime_type"],
  },
};
