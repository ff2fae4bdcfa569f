import type { Config } from "../../model/config.ts";
import type { OutputFile } from "../../model/plan.ts";
import type { Post } from "../../model/post.ts";
import { makePage } from "../page/page.ts";
import { documentsOf, type FeedHead, makeAutodiscoveryFile } from "./feed-list.ts";
import { makeFeedMenu } from "./feed-menu.ts";
import { makeHeaders } from "./headers.ts";
import { makeNewsSitemap, newsSitemapFile } from "./news-sitemap.ts";
import { makeOpml } from "./opml.ts";
import { makeSitemap, type SitemapPost } from "./sitemap.ts";
import { makeStylesheet } from "./stylesheet.ts";

export type { FeedHead } from "./feed-list.ts";
export type { SitemapPost } from "./sitemap.ts";

/** What the documents about the whole site are made of. */
export interface SiteDocumentsInput {
  readonly config: Config;
  /** Every feed that people may subscribe to, in any order. */
  readonly plans: readonly FeedHead[];
  /** The newest posts of the site's feed, newest first. */
  readonly newest: readonly Post[];
  /** The posts of the news window; others are left out. Absent if the news sitemap is written elsewhere. */
  readonly news?: readonly Post[];
  /** Every published post; used only with `config.sitemap`. */
  readonly published?: readonly SitemapPost[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The documents that the configuration asks for. Pure: the same input gives the same bytes. */
export function makeSiteDocuments({
  config,
  plans,
  newest,
  news,
  published,
  now,
}: SiteDocumentsInput): OutputFile[] {
  const { feeds, site } = config;
  const files = [
    ...(news === undefined ? [] : makeNewsSitemap(news, config, now)),
    ...(config.sitemap ? makeSitemap(published ?? [], site.url) : []),
    ...(feeds.opml ? [makeOpml(plans, newest, config)] : []),
    ...(feeds.menu ? [makeFeedMenu(plans, config)] : []),
    ...(feeds.links ? [makeAutodiscoveryFile(plans, config)] : []),
    ...(feeds.stylesheet && feeds.formats.some((format) => format !== "json")
      ? [makeStylesheet(site.language)]
      : []),
    ...makePage(plans, newest, config),
  ];
  if (!config.headers) return files;
  const documents = plans.flatMap((plan) => documentsOf(plan, site.url));
  const elsewhere = config.news && news === undefined ? [newsSitemapFile] : [];
  return [...files, makeHeaders([...documents, ...elsewhere, ...files], site.url)];
}
