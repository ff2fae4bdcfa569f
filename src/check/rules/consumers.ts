import { feedProfiles } from "../../feeds/profiles/profiles.ts";
import type { CheckProfile } from "../../model/config.ts";
import { defineProblem, type Problem } from "../../model/problem.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import type { DocumentKind } from "../parse/parsed-document.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { readAnyDate } from "../values/dates.ts";
import type { DocumentCheck } from "./document-check.ts";
import { specs } from "./specs.ts";

/** The parts of a feed or of an entry that consumers ask for, in RSS and Atom alike. */
interface FeedPart {
  readonly element: ElementNode;
  readonly title: string;
  readonly link: string;
  readonly id: string;
  readonly text: string;
  readonly date: number | undefined;
  readonly has: (name: string) => boolean;
}

interface FeedParts extends FeedPart {
  readonly entries: readonly FeedPart[];
}

type Report = (part: FeedPart, message: string, hint: string) => void;

/** What a program or service that takes feeds requires of them. */
interface Consumer {
  readonly problem: Problem;
  readonly check: (feed: FeedParts, report: Report, document: DocumentCheck) => void;
}

const mebibyte = 1024 * 1024;
const day = 86_400_000;

const google: Consumer = {
  problem: defineProblem("profile/google", {
    severity: "warning",
    title: "Google asks for something else",
    why: "Google reads at most 2 MB of a feed and 1 MB of an entry, and needs an id, title and link for each.",
    fix: "Follow what the message says.",
    spec: "https://support.google.com/news/publisher-center/answer/9545420",
  }),
  check(feed, report, document) {
    if (document.size > 2 * mebibyte) report(feed, "The feed is larger than 2 MB.", "Publish fewer entries.");
    const { length } = feed.entries;
    if (length > 60)
      report(feed, `The feed has ${length} entries; Google takes 60 at a time.`, "Publish fewer entries.");
    for (const entry of feed.entries) {
      if (Buffer.byteLength(entry.text) > mebibyte)
        report(entry, "The entry is larger than 1 MB.", "Publish a summary.");
      if (entry.id === "") report(entry, "The entry has no id.", "Add `<guid>` or `<id>`.");
      if (entry.title === "") report(entry, "The entry has no title.", "Add `<title>`.");
      if (entry.link === "") report(entry, "The entry has no link.", "Add `<link>`.");
    }
  },
};

const msn: Consumer = {
  problem: defineProblem("profile/msn", {
    severity: "warning",
    title: "Microsoft Start asks for something else",
    why: "Entries that do not fit are not ingested.",
    fix: "Follow what the message says.",
    spec: "https://helpcenter.microsoftstart.com/kb/feed-specifications",
  }),
  check(feed, report, { now }) {
    for (const entry of feed.entries) {
      const { length } = [...entry.title];
      if (length <= 20 || length > 150)
        report(
          entry,
          `The title has ${length} characters; Microsoft Start takes 21 to 150.`,
          "Write a title of that length.",
        );
      if (entry.id === "") report(entry, "The entry has no id.", "Add one that never changes.");
      if (entry.text === "") report(entry, "The entry has no text.", "Add the full text.");
      if (!entry.link.startsWith("https:"))
        report(entry, `The link is "${entry.link}".`, "Link to an `https:` address.");
      if (entry.date === undefined || entry.date > now || entry.date < now - 365 * day)
        report(
          entry,
          "The date is missing, in the future or more than a year ago.",
          "Write the date of publication.",
        );
    }
  },
};

const flipboard: Consumer = {
  problem: defineProblem("profile/flipboard", {
    severity: "warning",
    title: "Flipboard asks for something else",
    why: "Feeds that do not fit are not accepted.",
    fix: "Follow what the message says.",
    spec: "https://about.flipboard.com/rss-spec/",
  }),
  check(feed, report) {
    for (const name of ["title", "link", "description", "language"])
      if (!feed.has(name)) report(feed, `The feed has no <${name}>.`, `Add \`<${name}>\`.`);
    const { length } = feed.entries;
    if (length < 20)
      report(feed, `The feed has ${length} entries; Flipboard wants 20.`, "Publish 20 entries or more.");
    for (const entry of feed.entries) {
      if ([...entry.text.replaceAll(/<[^<>]*>/g, "")].length < 300)
        report(entry, "The text has fewer than 300 characters.", "Publish more of the text.");
      if (entry.date === undefined) report(entry, "The entry has no date.", "Add `<pubDate>`.");
      if (entry.id === "") report(entry, "The entry has no guid.", "Add `<guid>`.");
      if (!entry.has("dc:creator") && !entry.has("author"))
        report(entry, "The entry has no author.", "Add `<dc:creator>`.");
    }
  },
};

const smartnews: Consumer = {
  problem: defineProblem("profile/smartnews", {
    severity: "warning",
    title: "SmartNews asks for something else",
    why: "Feeds that do not fit are not accepted.",
    fix: "Follow what the message says.",
    spec: "https://publishers.smartnews.com/hc/en-us/articles/360049232353",
  }),
  check(feed, report, { encoding, size, now }) {
    if (encoding !== "utf-8") report(feed, `The document is in ${encoding}.`, "Save it as UTF-8.");
    if (size > mebibyte) report(feed, "The feed is larger than 1 MB.", "Publish fewer entries.");
    for (const name of ["title", "link", "description", "pubDate", "language"])
      if (!feed.has(name)) report(feed, `The feed has no <${name}>.`, `Add \`<${name}>\`.`);
    for (const entry of feed.entries) {
      if (/[?&]utm_/.test(entry.link))
        report(entry, `The link has tracking parameters: "${entry.link}".`, "Link to the canonical address.");
      if (entry.date !== undefined && entry.date > now)
        report(entry, "The entry is from the future.", "Publish it when it is due.");
    }
  },
};

/** What a show says of itself, and the key of the configuration that says it. */
const showKeys = {
  title: "site.title",
  description: "site.description",
  "itunes:image": "podcast.image",
  language: "site.language",
  "itunes:category": "podcast.category",
  "itunes:explicit": "podcast.explicit",
} as const;

const applePodcasts: Consumer = {
  problem: defineProblem("profile/apple-podcasts", {
    severity: "warning",
    title: "Apple Podcasts asks for something else",
    why: "Shows that do not fit are rejected.",
    fix: "Follow what the message says.",
    spec: specs.apple,
  }),
  check(feed, report) {
    for (const [name, key] of Object.entries(showKeys))
      if (!feed.has(name))
        report(
          feed,
          `The show has no <${name}>.`,
          `Add \`<${name}>\`: \`${key}\` of the configuration is written there.`,
        );
    const description = feed.element.children.find((child) => child.local === "description")?.text ?? "";
    if (Buffer.byteLength(description) > 4000)
      report(feed, "The description has more than 4000 bytes.", "Shorten it.");
    for (const entry of feed.entries) {
      if (entry.title === "")
        report(entry, "The episode has no title.", "Write `title:` in its post, which becomes `<title>`.");
      if (!entry.has("enclosure"))
        report(
          entry,
          "The episode has no enclosure.",
          "Name its recording in its post with `audio:`, which becomes `<enclosure>`.",
        );
      if (entry.id === "") report(entry, "The episode has no guid.", "Add one that never changes.");
      if (entry.date === undefined)
        report(entry, "The episode has no date.", "Write `date:` in its post, which becomes `<pubDate>`.");
    }
  },
};

const consumers: Readonly<Record<CheckProfile, Consumer>> = {
  google,
  msn,
  flipboard,
  smartnews,
  "apple-podcasts": applePodcasts,
};

/** Checks what the consumers that were asked for require of a feed, if it is in a format that they take. */
export function checkConsumers(
  root: ElementNode,
  kind: DocumentKind,
  document: DocumentCheck,
  names: readonly CheckProfile[],
): void {
  if (names.length === 0 || !["rss", "rdf", "atom"].includes(kind)) return;
  const feed = readFeed(root, kind);
  for (const name of names) {
    if (!feedProfiles[name].formats.includes(kind === "atom" ? "atom" : "rss")) continue;
    const { problem, check } = consumers[name];
    check(feed, ({ element }, message, hint) => document.report(element, problem, message, hint), document);
  }
}

function readFeed(root: ElementNode, kind: DocumentKind): FeedParts {
  const channel = kind === "atom" ? root : (root.children.find((child) => child.local === "channel") ?? root);
  const holder = kind === "rdf" ? root : channel;
  const entries = holder.children.filter((child) => child.local === (kind === "atom" ? "entry" : "item"));
  return { ...readPart(channel), entries: entries.map(readPart) };
}

function readPart(element: ElementNode): FeedPart {
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
