import type { Feed } from "feed";
import { generatorMember, generatorName } from "../model/generator-mark.ts";
import { type FeedFormat, writeFeed } from "./format.ts";
import { type CleanEntry, changedAt, type Media, type Person, summaryOf } from "./input/clean-entry.ts";
import type { CleanHead } from "./input/clean-head.ts";
import type { Json, Members } from "./namespaces/define-namespace.ts";
import { extensions } from "./namespaces/extensions.ts";
import { supplementMembers } from "./namespaces/registry.ts";
import { rfc3339 } from "./text.ts";

/**
 * Writes any `Feed` as JSON Feed 1.1 (jsonfeed.org/version/1.1). Total: never throws; dates that are invalid or outside
 * the years 1970 to 9999 are left out, so are URLs that are not absolute, and extensions that are not objects named
 * `_name`.
 */
export function jsonFeed11(feed: Feed): string {
  return writeFeed(json, feed);
}

/** What {@link JSON.stringify} writes around the only item in a list of lists. */
const around = ["[\n  [\n", "\n  ]\n]"] as const;

export const json: FeedFormat = {
  format: "json",
  label: "JSON Feed",
  fileName: "feed.json",
  mediaType: "application/feed+json",
  serializeEntry(entry) {
    // Within two more levels, so that its lines are indented as the document's.
    const members = itemMembers(entry);
    const text = JSON.stringify([[members]], null, 2).slice(around[0].length, -around[1].length);
    return { text, prefixes: [], namesAuthors: members.authors !== undefined };
  },
  frameDocument(head, fragments) {
    const withAuthors = !fragments.some(({ namesAuthors }) => namesAuthors);
    const members = JSON.stringify(headMembers(head, withAuthors), null, 2);
    const [open, close] = fragments.length === 0 ? ["[", "]"] : ["[\n", "\n  ]"];
    return {
      start: `${members.slice(0, -2)},\n  "items": ${open}`,
      between: ",\n",
      end: `${close}\n}\n`,
    };
  },
};

/** Miniflux adds the feed's authors to each item's, so they are written only if no item names its own. */
function headMembers(head: CleanHead, withAuthors: boolean): Members {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: head.title,
    home_page_url: head.link,
    feed_url: head.self.json,
    next_url: nextUrl(head),
    description: head.description || undefined,
    icon: head.icon,
    favicon: head.favicon,
    authors: withAuthors ? authorMembers(head.authors) : undefined,
    language: head.language,
    ...(head.generator === generatorName && generatorMember),
    hubs: someOf(head.hubs.map((url) => ({ type: "WebSub", url }))),
    ...extensions.members(head),
  };
}

/** More, older items. It must never be this document's own address (JSON Feed 1.1). */
function nextUrl({ history, self }: CleanHead): string | undefined {
  return history.previous.json === self.json ? undefined : history.previous.json;
}

function itemMembers(entry: CleanEntry): Members {
  const changed = changedAt(entry);
  return {
    id: entry.id,
    url: entry.url,
    external_url: entry.externalUrl,
    title: entry.title || undefined,
    content_html: entry.body,
    summary: summaryOf(entry),
    image: entry.image?.url,
    date_published: entry.published === undefined ? undefined : rfc3339(entry.published),
    date_modified: changed === undefined ? undefined : rfc3339(changed),
    authors: authorMembers(entry.authors),
    tags: someOf([...new Set(entry.categories.map((one) => one.name))]),
    language: entry.language,
    attachments: someOf(entry.attachments.map(attachment)),
    ...supplementMembers(entry),
  };
}

function someOf(list: readonly Json[]): readonly Json[] | undefined {
  return list.length === 0 ? undefined : list;
}

function authorMembers(people: readonly Person[]): readonly Json[] | undefined {
  return someOf(people.map(({ name, url, avatar }) => ({ name, url, avatar })));
}

function attachment(file: Media): Json {
  return {
    url: file.url,
    mime_type: file.type,
    title: file.title,
    size_in_bytes: file.length,
    duration_in_seconds: file.duration,
  };
}
