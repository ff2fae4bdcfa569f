import { defineProblem, type Problem } from "../../model/problem.ts";
import { checkHtml } from "../parse/html.ts";
import type { JsonMember, JsonNode, JsonObject, JsonTree } from "../parse/json-tree.ts";
import type { DocumentCheck } from "../rules/document-check.ts";
import { cut } from "../rules/document-findings.ts";
import { jsonFeedRules, jsonItemRules, memberMissing } from "../rules/json-feed.ts";
import { specs } from "../rules/specs.ts";
import { readAtomDate } from "../values/dates.ts";
import { findMarkup, markupInText } from "../values/text.ts";
import { isLanguageTag, isMediaType } from "../values/words.ts";

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

/** Checks a document as a JSON Feed. */
export function checkJson({ root, broken }: JsonTree, document: DocumentCheck): void {
  if (broken) document.findings.add(notJson, broken.offset, `Not JSON: ${broken.message}.`);
  if (!root) return;
  const feed = jsonShapes.feed;
  if (root.type !== "object" || !feed) {
    document.report(root, wrongType, `The document is ${describeNode(root)}, not an object.`);
    return;
  }
  walkObject(root, feed, document);
  for (const rule of jsonFeedRules) rule.check(root, document);
}

const memberRepeated = defineProblem("json/member-repeated", {
  severity: "error",
  title: "A member that appears twice",
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

function walkObject(node: JsonObject, shape: JsonShape, document: DocumentCheck): void {
  const seen = new Set<string>();
  for (const member of node.members) {
    const { name } = member;
    if (seen.has(name))
      document.report(member, memberRepeated, `"${cut(name, 60)}" appears twice in ${shape.title}.`);
    seen.add(name);
    const kind = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (kind !== undefined) walkValue(name, member.node, kind, document);
    else if (name.startsWith("_")) checkExtension(member, document);
    else
      document.report(
        member,
        memberUnknown,
        `${upper(shape.title)} has no member "${cut(name, 60)}".`,
        nearest(name, shape),
      );
  }
  for (const name of shape.required) {
    if (!seen.has(name))
      document.report(node, memberMissing, `${upper(shape.title)} has no "${name}".`, `Add \`"${name}"\`.`);
  }
  if (shape === jsonShapes.item) for (const rule of jsonItemRules) rule.check(node, document);
  if (shape === jsonShapes.author && !node.members.some(({ name }) => /^(name|url|avatar)$/.test(name))) {
    document.report(node, emptyAuthor, "The author has neither name nor url nor avatar.");
  }
}

function walkValue(name: string, node: JsonNode, kind: string, document: DocumentCheck): void {
  if (kind.endsWith("[]")) {
    if (node.type !== "array")
      document.report(node, wrongType, `"${name}" is ${describeNode(node)}, not a list.`);
    else for (const item of node.items) walkValue(name, item, kind.slice(0, -2), document);
    return;
  }
  const shape = Object.hasOwn(jsonShapes, kind) ? jsonShapes[kind] : undefined;
  if (shape) {
    if (node.type === "object") walkObject(node, shape, document);
    else document.report(node, wrongType, `"${name}" is ${describeNode(node)}, not an object.`);
    return;
  }
  const wanted = kind === "boolean" ? "boolean" : kind === "count" ? "number" : "string";
  if (node.type !== wanted) {
    document.report(node, wrongType, `"${name}" is ${describeNode(node)}, not ${articles[wanted]}.`);
  } else if (node.type === "string") checkString(name, node, kind, document);
  else if (node.type === "number" && node.value < 0) {
    document.report(node, wrongType, `"${name}" is ${node.value}; it counts from 0.`);
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

function checkString(
  name: string,
  node: Extract<JsonNode, { type: "string" }>,
  kind: string,
  document: DocumentCheck,
): void {
  const { value } = node;
  const reject = (problem: Problem, what: string) =>
    document.report(node, problem, `"${name}" is "${cut(value, 120)}", which is not ${what}.`);
  if (kind === "url" && !isAbsolute(value)) reject(invalidJsonUrl, "an absolute address");
  if (kind === "date" && readAtomDate(value) === undefined) reject(invalidJsonDate, "an RFC 3339 date");
  if (kind === "language" && !isLanguageTag(value)) reject(invalidJsonLanguage, "a language tag");
  if (kind === "media-type" && !isMediaType(value)) reject(invalidJsonMediaType, "a media type");
  if (kind === "plain" && findMarkup(value) !== undefined)
    document.report(node, markupInText, `"${name}" is plain text but holds \`${findMarkup(value)}\`.`);
  if (kind === "html")
    checkHtml(value, false, (problem, _, message) => document.report(node, problem, message));
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

function checkExtension(member: JsonMember, document: DocumentCheck): void {
  const { name, node } = member;
  const fault = !/^_[a-zA-Z][^.]*$/.test(name)
    ? "is not `_`, a letter and no dots"
    : node.type !== "object"
      ? `is ${describeNode(node)}, not an object`
      : node.members.some((inner) => inner.name.includes("."))
        ? "has a member with a dot in its name"
        : undefined;
  if (fault) document.report(member, brokenExtension, `The extension "${cut(name, 60)}" ${fault}.`);
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
  /** Kinds by name: a kind of value that `checkString` knows, or a name of {@link jsonShapes}; `<kind>[]` is a list. */
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
