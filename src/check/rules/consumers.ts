// In comes a feed and the consumers it is meant for; out go findings about what these consumers ask for.

import { atomNamespace } from "../parse/namespaces.ts";
import type { DocumentKind } from "../parse/parsed-document.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { readAnyDate } from "../values/dates.ts";
import type { DocumentCheck, Profile } from "./document-check.ts";
import type { RuleCode } from "./table.ts";

/** What a consumer looks at, whichever vocabulary it came from. */
interface View {
  readonly element: ElementNode;
  readonly title: string;
  readonly link: string;
  readonly id: string;
  readonly text: string;
  readonly date: number | undefined;
  readonly has: (name: string) => boolean;
}

interface FeedView extends View {
  readonly entries: readonly View[];
}

type Wish = (
  feed: FeedView,
  say: (view: View, message: string, hint: string) => void,
  check: DocumentCheck,
) => void;

const MIB = 1024 * 1024;
const DAY = 86_400_000;

const google: Wish = (feed, say, check) => {
  if (check.size > 2 * MIB) say(feed, "The feed is larger than 2 MB.", "Publish fewer entries.");
  if (feed.entries.length > 60)
    say(
      feed,
      `The feed has ${feed.entries.length} entries; Google takes 60 at a time.`,
      "Publish fewer entries.",
    );
  for (const entry of feed.entries) {
    if (Buffer.byteLength(entry.text) > MIB)
      say(entry, "The entry is larger than 1 MB.", "Publish a summary.");
    if (entry.id === "") say(entry, "The entry has no id.", "Add `<guid>` or `<id>`.");
    if (entry.title === "") say(entry, "The entry has no title.", "Add `<title>`.");
    if (entry.link === "") say(entry, "The entry has no link.", "Add `<link>`.");
  }
};

const msn: Wish = (feed, say, check) => {
  for (const entry of feed.entries) {
    const length = [...entry.title].length;
    if (length <= 20 || length > 150) {
      say(
        entry,
        `The title has ${length} characters; Microsoft Start takes 21 to 150.`,
        "Write a title of that length.",
      );
    }
    if (entry.id === "") say(entry, "The entry has no id.", "Add one that never changes.");
    if (entry.text === "") say(entry, "The entry has no text.", "Add the full text.");
    if (!entry.link.startsWith("https:"))
      say(entry, `The link is "${entry.link}".`, "Link to an `https:` address.");
    if (entry.date === undefined || entry.date > check.now || entry.date < check.now - 365 * DAY) {
      say(
        entry,
        "The date is missing, in the future or more than a year ago.",
        "Write the date of publication.",
      );
    }
  }
};

const flipboard: Wish = (feed, say) => {
  for (const name of ["title", "link", "description", "language"]) {
    if (!feed.has(name)) say(feed, `The feed has no <${name}>.`, `Add \`<${name}>\`.`);
  }
  if (feed.entries.length < 20)
    say(
      feed,
      `The feed has ${feed.entries.length} entries; Flipboard wants 20.`,
      "Publish 20 entries or more.",
    );
  for (const entry of feed.entries) {
    if ([...entry.text.replaceAll(/<[^<>]*>/g, "")].length < 300) {
      say(entry, "The text has fewer than 300 characters.", "Publish more of the text.");
    }
    if (entry.date === undefined) say(entry, "The entry has no date.", "Add `<pubDate>`.");
    if (entry.id === "") say(entry, "The entry has no guid.", "Add `<guid>`.");
    if (!entry.has("dc:creator") && !entry.has("author"))
      say(entry, "The entry has no author.", "Add `<dc:creator>`.");
  }
};

const smartnews: Wish = (feed, say, check) => {
  if (check.encoding !== "utf-8") say(feed, `The document is in ${check.encoding}.`, "Save it as UTF-8.");
  if (check.size > MIB) say(feed, "The feed is larger than 1 MB.", "Publish fewer entries.");
  for (const name of ["title", "link", "description", "pubDate", "language"]) {
    if (!feed.has(name)) say(feed, `The feed has no <${name}>.`, `Add \`<${name}>\`.`);
  }
  for (const entry of feed.entries) {
    if (/[?&]utm_/.test(entry.link))
      say(entry, `The link has tracking parameters: "${entry.link}".`, "Link to the canonical address.");
    if (entry.date !== undefined && entry.date > check.now)
      say(entry, "The entry is from the future.", "Publish it when it is due.");
  }
};

const applePodcasts: Wish = (feed, say) => {
  for (const name of [
    "title",
    "description",
    "itunes:image",
    "language",
    "itunes:category",
    "itunes:explicit",
  ]) {
    if (!feed.has(name)) say(feed, `The show has no <${name}>.`, `Add \`<${name}>\`.`);
  }
  const description = feed.element.children.find((child) => child.local === "description")?.text ?? "";
  if (Buffer.byteLength(description) > 4000)
    say(feed, "The description has more than 4000 bytes.", "Shorten it.");
  for (const entry of feed.entries) {
    if (entry.title === "") say(entry, "The episode has no title.", "Add `<title>`.");
    if (!entry.has("enclosure")) say(entry, "The episode has no enclosure.", "Add `<enclosure>`.");
    if (entry.id === "") say(entry, "The episode has no guid.", "Add one that never changes.");
    if (entry.date === undefined) say(entry, "The episode has no date.", "Add `<pubDate>`.");
  }
};

const wishes: Readonly<Record<Profile, { code: RuleCode; wish: Wish }>> = {
  google: { code: "profile/google", wish: google },
  msn: { code: "profile/msn", wish: msn },
  flipboard: { code: "profile/flipboard", wish: flipboard },
  smartnews: { code: "profile/smartnews", wish: smartnews },
  "apple-podcasts": { code: "profile/apple-podcasts", wish: applePodcasts },
};

/** Checks the wishes of the consumers that were asked for; RSS and Atom only. */
export function checkProfiles(root: ElementNode, kind: DocumentKind, check: DocumentCheck): void {
  if (check.profiles.length === 0 || !["rss", "rdf", "atom"].includes(kind)) return;
  const feed = viewFeed(root, kind);
  for (const profile of check.profiles) {
    const { code, wish } = wishes[profile];
    wish(feed, (view, message, hint) => check.report(view.element, code, message, hint), check);
  }
}

function viewFeed(root: ElementNode, kind: DocumentKind): FeedView {
  const channel = kind === "atom" ? root : (root.children.find((child) => child.local === "channel") ?? root);
  const holder = kind === "rdf" ? root : channel;
  const entries = holder.children.filter((child) => child.local === (kind === "atom" ? "entry" : "item"));
  return { ...view(channel), entries: entries.map(view) };
}

function view(element: ElementNode): View {
  const find = (...names: string[]) => {
    for (const name of names) {
      const found = element.children.find((child) => plainName(child) === name);
      if (found) return found.text.trim() || undefined;
    }
    return undefined;
  };
  const link = element.children.find(
    (child) =>
      child.ns === atomNamespace &&
      child.local === "link" &&
      (attributeOf(child, "rel") ?? "alternate") === "alternate",
  );
  return {
    element,
    title: find("title") ?? "",
    link: find("link") ?? (link && attributeOf(link, "href")) ?? "",
    id: find("guid", "id") ?? "",
    text: find("content:encoded", "content", "description", "summary") ?? "",
    date: readAnyDate(find("pubDate", "published", "updated", "dc:date")),
    has: (name) => element.children.some((child) => plainName(child) === name),
  };
}

function plainName(element: ElementNode): string {
  return element.prefix === "" || element.prefix === "atom" ? element.local : element.name;
}
