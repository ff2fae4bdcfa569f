import type { Config } from "../../model/config.ts";
import { generatorWords } from "../../model/generator-mark.ts";
import type { OutputFile } from "../../model/plan.ts";
import type { Post } from "../../model/post.ts";
import { siteTexts } from "../page/texts.ts";
import { rfc822 } from "../text.ts";
import { element, renderElements, type XmlElement } from "../xml.ts";
import { documentsOf, type FeedHead, groupFeeds, ownDescription, preferredDocument } from "./feed-list.ts";

/**
 * feeds.opml (OPML 2.0, opml.org/spec2.opml), to subscribe to all feeds at once. Every feed is in it once, in the format
 * to recommend: a list with all formats would subscribe its reader two and three times. The site's own feed comes
 * first, then a group for each kind.
 */
export function makeOpml(
  feeds: readonly FeedHead[],
  posts: readonly Pick<Post, "date" | "updated">[],
  config: Config,
): OutputFile {
  const { site } = config;
  const words = siteTexts(site.language);
  const body = groupFeeds(feeds).flatMap(({ kind, feeds: members }) => {
    const outlines = members.flatMap((feed) => outlineOf(feed, config));
    return kind === "site" ? outlines : [groupOutline(words.groups[kind], outlines)];
  });
  const content = [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    `<!-- ${generatorWords} -->\n<opml version="2.0">\n`,
    renderElements([element("head", headElements(posts, config)), element("body", body)], 1),
    "</opml>\n",
  ].join("");
  return { path: "feeds.opml", mediaType: "text/x-opml", content };
}

function headElements(posts: readonly Pick<Post, "date" | "updated">[], { site }: Config): XmlElement[] {
  const instants = posts.map(({ date, updated }) => updated ?? date);
  const changed = instants.reduce((newest, one) => Math.max(newest, one), Number.NEGATIVE_INFINITY);
  const owner = Object.values(site.authors)[0];
  return [
    element("title", site.title),
    ...(instants.length === 0 ? [] : [element("dateModified", rfc822(changed))]),
    ...(owner ? [element("ownerName", owner.name)] : []),
    ...(owner?.email ? [element("ownerEmail", owner.email)] : []),
    element("docs", "https://opml.org/spec2.opml"),
  ];
}

function groupOutline(text: string, outlines: readonly XmlElement[]): XmlElement {
  return element("outline", outlines, { text, title: text });
}

function outlineOf(feed: FeedHead, { site }: Config): XmlElement[] {
  const chosen = preferredDocument(documentsOf(feed, site.url));
  if (chosen === undefined) return [];
  return [
    element("outline", undefined, {
      type: "rss",
      text: feed.title,
      title: feed.title,
      description: ownDescription(feed, site.description) || undefined,
      language: feed.language,
      version: chosen.opmlVersion,
      htmlUrl: feed.homePage,
      xmlUrl: chosen.url,
    }),
  ];
}
