import { writtenTokens } from "../../model/config.ts";
import type { Mutable, Post } from "../../model/post.ts";
import { defineProblem } from "../../model/problem.ts";
import { parseUrl } from "../../model/url.ts";
import { quoteValue, TypedScalar, valueText } from "../front-matter/front-matter-value.ts";
import { cleanLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, WrittenField } from "./collect-fields.ts";
import { fillPattern, findUnsafePart, type PermalinkParts, readAddress } from "./permalink.ts";
import { readWebUrl } from "./read-authors.ts";
import { categoriesOf } from "./read-tags.ts";
import { slugPath, slugRules, slugTitle } from "./slug-forms.ts";
import { timePart } from "./zone-offsets.ts";

const unsafePath = defineProblem("post/unsafe-path", {
  severity: "error",
  title: "An address that leaves the site",
  why: "The link would lead readers to another page or another site, or to a file that is not meant for them.",
  fix: "Write a path inside the site, without `..` and without another host.",
});

const idWithSpace = defineProblem("post/id-space", {
  severity: "warning",
  title: "An id with white space that feeds cannot keep",
  why: "Programs that read feeds change white space in different ways. Some readers would see the post as new again.",
  fix: "Write the id on one line, without white space around it, with single spaces or none in it.",
});

/** Reads the slug: front matter's, else the file name's, with what is around it as parts of a permalink. */
export function readSlug(context: FieldContext, post: Mutable<Post>): void {
  const { config, fields, name } = context;
  const rules = slugRules[config.slugs];
  const written = fields.slug && readWrittenSlug(context, fields.slug);
  if (written !== undefined) post.slug = rules.written?.(written) ?? written;
  else {
    const keepsDate = rules.keepsDate === true && !isDatedByName(context);
    post.slug = rules.name(keepsDate ? name.base : name.slug);
  }
}

function isDatedByName({ config, fields, name }: FieldContext): boolean {
  return fields.date === undefined && name.date !== undefined && config.dates.from.includes("file-name");
}

function readWrittenSlug(context: FieldContext, slug: WrittenField): string | undefined {
  const written = valueText(slug.value);
  if (written === undefined) {
    reportIgnored(context, slug.path, slug.value, "it is not a word", "Write slug: my-post.");
    return undefined;
  }
  // Looked at as written: cleaning would take a NUL out of sight.
  const reason = findUnsafePart(written);
  if (reason !== undefined) {
    reportUnsafe(context, slug, reason, "Write letters, digits and hyphens.");
    return undefined;
  }
  const clean = cleanLine(context, slug.path, written);
  const bare = clean.replace(/^\/+/, "").replace(/(?<!\/)\/+$/, "");
  return bare === "" ? undefined : bare;
}

function reportUnsafe(
  context: FieldContext,
  { path, value }: WrittenField,
  reason: string,
  hint: string,
): void {
  context.findings.push({
    problem: unsafePath,
    path,
    message: `${path.join(".")} is ${quoteValue(value)}, which cannot be an address on the site: ${reason}.`,
    hint,
  });
}

function partsOf(context: FieldContext, post: Post): PermalinkParts {
  const { config, name, fields } = context;
  const { timeZone, language } = config.site;
  const rules = slugRules[config.slugs];
  const hasSlug = fields.slug !== undefined;
  const staysWithName = hasSlug || post.title === "" || (rules.keepsDate === true && isDatedByName(context));
  return (token) => {
    switch (token) {
      case "slug_or_title":
        return staysWithName ? post.slug : slugTitle(post.title, rules);
      case "slug_or_path":
        return hasSlug ? post.slug : slugPath(name.path, rules);
      case "path":
        return slugPath(name.path, rules);
      case "filename":
        return rules.name(name.base);
      case "folder":
        return rules.folder ? rules.folder(name.folder) : slugPath(name.folder, rules);
      case "section":
        return (post.section ?? "").toLowerCase().replace(/[\s/]+/g, "-");
      case "category":
        return post.section ?? "";
      case "categories":
        return categoriesOf({ ...context, findings: [] })
          .join("/")
          .toLowerCase();
      case "language":
        return post.language;
      case "translation":
        return post.language === language ? "" : (name.language ?? post.language);
      default:
        return timePart(token, post.date, timeZone) ?? post.slug;
    }
  };
}

/** Reads the permalink, and for a link post the page elsewhere that it is about. */
export function readPermalink(context: FieldContext, post: Mutable<Post>): void {
  const { config, fields } = context;
  const { url: site } = config.site;
  const parts = partsOf(context, post);
  let url: string | undefined;
  let externalUrl = fields.externalUrl && readOutside(context, fields.externalUrl);
  const { closesAddress, redirectsAddress } = slugRules[config.slugs];
  for (const found of [fields.link, redirectsAddress ? undefined : fields.permalink]) {
    if (!found || (found.value instanceof TypedScalar && found.value.value === false)) continue;
    const text = valueText(found.value);
    if (text === undefined || text.trim() === "") {
      reportIgnored(context, found.path, found.value, "it is not an address", "Write /my-post/.");
      continue;
    }
    const isOpen = closesAddress && /^[^?#]*[^/?#.]$/.test(text.trim()) && !/\.\w+$/.test(text.trim());
    const address = readAddress(isOpen ? `${text.trim()}/` : text, parts, site);
    if (address.kind === "inside") url = address.url;
    else if (address.kind === "outside" && found === fields.link) externalUrl ??= address.url;
    else {
      const reason = address.kind === "unsafe" ? address.reason : `it is not below ${site}`;
      reportUnsafe(
        context,
        found,
        reason,
        "Write a path such as /my-post/; a page elsewhere is externalUrl:.",
      );
    }
  }
  post.url = url ?? fillFromPattern(context, post, parts);
  if (externalUrl !== undefined) post.externalUrl = externalUrl;
}

function readOutside(context: FieldContext, found: WrittenField): string | undefined {
  const text = valueText(found.value)?.trim() ?? "";
  const url = /^https?:\/\//i.test(text) ? parseUrl(text) : undefined;
  if (url) return url.href;
  reportIgnored(
    context,
    found.path,
    found.value,
    "it is not a complete URL",
    "Write https://example.org/page.",
  );
  return undefined;
}

function fillFromPattern(context: FieldContext, post: Post, parts: PermalinkParts): string {
  const { site } = context.config;
  const pattern = choosePattern(context, post);
  for (const part of writtenTokens) {
    if (!pattern.includes(`:${part}`)) continue;
    const reason = findUnsafePart(parts(part));
    if (reason !== undefined) {
      reportUnsafePart(context, part, parts(part), reason);
      return site.url;
    }
  }
  return fillPattern(pattern, parts, site.url);
}

function choosePattern({ config, name }: FieldContext, post: Post): string {
  const { permalink, permalinks, site } = config;
  if (permalinks.length === 0) return permalink;
  const rule = permalinks.find(
    ({ folder, translated, index }) =>
      (folder === undefined || `${name.path}/`.startsWith(`${folder}/`)) &&
      (translated !== true || post.language !== site.language) &&
      (index !== true || name.isIndex),
  );
  return rule?.pattern ?? permalink;
}

function reportUnsafePart(
  context: FieldContext,
  part: (typeof writtenTokens)[number],
  value: string,
  reason: string,
): void {
  const { section, category } = context.fields;
  context.findings.push({
    problem: unsafePath,
    path: part === "section" ? (section?.path ?? category?.path ?? []) : [],
    message: `The ${part} ${quoteValue(value)} cannot be part of an address: ${reason}.`,
    hint:
      part === "section"
        ? "Give the section another name."
        : "Rename the file, or write slug: or permalink:.",
  });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Reads the id that readers store: front matter's, else a tag URI (RFC 4151) of the site's authority and the file's
 * path, else the permalink. Nothing of host, title, slug or date is in the first two.
 */
export function readId(context: FieldContext, post: Mutable<Post>): void {
  const { config, name, fields } = context;
  const own = fields.id && readWrittenId(context, fields.id);
  const { authority } = config.site;
  if (own !== undefined) post.id = own;
  else if (authority === undefined) post.id = post.url;
  else post.id = `tag:${authority}:${encodeIdPath(name.withoutExtension)}`;
  post.idSource = own !== undefined ? "front-matter" : authority === undefined ? "permalink" : "authority";
}

function readWrittenId(context: FieldContext, id: WrittenField): string | undefined {
  const text = valueText(id.value);
  const clean = text === undefined ? "" : cleanId(context, id, text);
  if (clean !== "") return spellId(clean);
  reportIgnored(
    context,
    id.path,
    id.value,
    "it is not an id",
    "Write a text, such as urn:uuid:… or the old guid.",
  );
  return undefined;
}

/** One string for all formats: programs that read feeds drop or change what white space there is but single spaces. */
function cleanId(context: FieldContext, { path, value }: WrittenField, text: string): string {
  const clean = cleanLine(context, path, text).trim();
  // A block of text ends with a line break that nobody wrote.
  if (clean !== "" && /^\s|[\t\n\r\u2028\u2029]| {2}|\s$/.test(text.replace(/\n$/, "")))
    context.findings.push({
      problem: idWithSpace,
      path,
      message: `${path.join(".")} is ${quoteValue(value)}; its white space would not be the same everywhere, so the id is ${quoteValue(clean)}.`,
      hint: `Write it on one line and without white space around it, as in id: ${JSON.stringify(clean)}.`,
    });
  return clean;
}

/**
 * In NFC, and on one line with single spaces, without characters that feeds cannot carry; empty where nothing is left.
 * Ids that are the same in this form are one id to front matter.
 */
export function normalizeId(id: string): string {
  const clean = (text: string): string => spellId(cleanLine({ findings: [] }, [], text).trim());
  // Removing a character can join two others into one that NFC composes, so it takes two passes.
  return clean(clean(id));
}

/** A bare UUID as the URN it is. */
function spellId(written: string): string {
  return uuid.test(written) ? `urn:uuid:${written.toLowerCase()}` : written;
}

function encodeIdPath(path: string): string {
  if (/^[A-Za-z0-9\-._~/]*$/.test(path)) return path;
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

/** Reads the pages around a post into it. `comments: true` is a theme's switch and no page. */
export function readPages(context: FieldContext, post: Mutable<Post>): void {
  const { canonical, comments, commentsFeed, inReplyTo, license } = context.fields;
  if (!canonical && !comments && !commentsFeed && !inReplyTo && !license) return;
  for (const field of ["canonical", "comments", "commentsFeed", "inReplyTo", "license"] as const) {
    const found = context.fields[field];
    if (!found) continue;
    const page = field === "license" ? readLicense(context, found) : readPage(context, found);
    if (page !== undefined) post[field] = page;
  }
}

function readPage(context: FieldContext, { path, value }: WrittenField): string | undefined {
  const text = valueText(value);
  if (value instanceof TypedScalar && typeof value.value === "boolean") return undefined;
  if (text !== undefined && text.trim() !== "") return readWebUrl(context, path, text.trim());
  reportIgnored(context, path, value, "it is not an address", "Write a complete URL.");
  return undefined;
}

/** A licence is a URL; the names of Creative Commons' licences are read as well (`CC BY-SA 4.0`, `CC0-1.0`). */
function readLicense(context: FieldContext, found: WrittenField): string | undefined {
  const text = (valueText(found.value) ?? "").trim();
  const named = /^CC[ -](BY(?:-(?:NC|SA|ND))*)[ -](\d\.\d)$/i.exec(text);
  if (named) return `https://creativecommons.org/licenses/${named[1]?.toLowerCase()}/${named[2]}/`;
  if (/^CC0(?:[ -]1\.0)?$/i.test(text)) return "https://creativecommons.org/publicdomain/zero/1.0/";
  if (/^(?:https?:)?\/\//i.test(text) || text.startsWith("/")) return readPage(context, found);
  reportIgnored(
    context,
    found.path,
    found.value,
    "it is not a URL",
    "Write the licence's URL, or a name such as CC BY 4.0.",
  );
  return undefined;
}
