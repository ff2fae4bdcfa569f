import type { Config } from "../../model/config.ts";
import { generatorMember } from "../../model/generator-mark.ts";
import type { OutputFile } from "../../model/plan.ts";
import { siteTexts } from "../page/texts.ts";
import { firstWords } from "../text.ts";
import { cleanText } from "../xml.ts";
import { documentsOf, type FeedHead, groupFeeds, ownDescription, shortTitle } from "./feed-list.ts";

/** What the draft (draft-nottingham-feed-menu) allows, in characters. */
const titleLimit = 50;
const descriptionLimit = 140;

/**
 * .well-known/feed-menu.json, where programs look for a site's feeds. The site's feed and custom feeds come first, every other kind is a menu
 * below them. The draft knows RSS and Atom only.
 */
export function makeFeedMenu(feeds: readonly FeedHead[], { site }: Config): OutputFile {
  const words = siteTexts(site.language);
  const items = groupFeeds(feeds).flatMap(({ kind, feeds: members }): object[] => {
    const listed = members.flatMap((feed) => menuItem(feed, site));
    if (kind === "site" || kind === "custom" || listed.length === 0) return listed;
    return [{ "feed-menu": words.groups[kind], items: listed }];
  });
  const menu = { ...generatorMember, "feed-menu": cutText(site.title, titleLimit), items };
  return {
    path: ".well-known/feed-menu.json",
    mediaType: "application/json",
    content: `${JSON.stringify(menu, null, 2)}\n`,
  };
}

function menuItem(feed: FeedHead, site: Config["site"]): object[] {
  const addresses = documentsOf(feed, site.url)
    .filter(({ format }) => format !== "json")
    .map(({ format, url }) => [format, url]);
  if (addresses.length === 0) return [];
  const description = cutText(ownDescription(feed, site.description), descriptionLimit);
  return [
    {
      "feed-title": cutText(shortTitle(feed.title, site.title), titleLimit),
      ...(description !== "" && { description }),
      ...Object.fromEntries(addresses),
    },
  ];
}

/** The beginning of a text with an ellipsis, no longer than the limit. The draft does not define a character: these are code units, the strictest reading. */
function cutText(text: string, limit: number): string {
  const line = cleanText(text).replace(/\s+/g, " ").trim();
  for (let count = limit - 1; line.length > limit && count > 0; count -= 1) {
    const cut = firstWords(line, count);
    if (cut.length <= limit) return cut;
  }
  return line.length > limit ? "" : line;
}
