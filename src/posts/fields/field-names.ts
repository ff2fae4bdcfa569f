import { distance } from "fastest-levenshtein";

/**
 * Every spelling of every field, the canonical one first: when two spellings are there, the earlier one wins.
 * The spellings are those of Jekyll, Hugo, Eleventy, Astro, Hexo, Zola, Pelican, Ghost, Obsidian.
 */
export const fieldNames = {
  title: ["title", "Title"],
  date: ["date", "published", "pubDate", "pubdate", "publishDate", "published_at", "created", "Date"],
  updated: [
    "updated",
    "lastmod",
    "modified",
    "updated_at",
    "last_modified_at",
    "dateModified",
    "updatedDate",
    "Modified",
  ],
  expires: ["expires", "expiryDate", "expiry", "unpublish_date", "retracted"],
  draft: ["draft", "Draft"],
  /** Jekyll's `published: false`; the table lists `published` under date, its value decides. */
  published: [],
  status: ["status", "Status"],
  visibility: ["visibility"],
  unlisted: ["unlisted"],
  noindex: ["noindex"],
  private: ["private"],
  hidden: ["hidden"],
  eleventyExcludeFromCollections: ["eleventyExcludeFromCollections"],
  feed: ["feed"],
  /** `retracted: true`; with a date it is `expires`. */
  retracted: [],
  slug: ["slug", "Slug"],
  permalink: ["permalink", "url", "path", "link"],
  /** `url` and `link` with an absolute address: of this post, or of the page that it is about. */
  link: [],
  externalUrl: ["externalUrl", "external_url"],
  id: ["id", "guid", "uuid"],
  description: ["description", "summary", "excerpt", "subtitle", "dek", "lede", "Summary"],
  authors: ["authors", "author", "byline", "creator", "Authors", "Author"],
  tags: ["tags", "keywords", "Tags", "Keywords"],
  section: ["section"],
  category: ["category", "Category"],
  categories: ["categories", "Categories"],
  language: ["language", "lang", "locale", "Lang"],
  image: [
    "image",
    "cover",
    "hero",
    "featured_image",
    "feature_image",
    "thumbnail",
    "og_image",
    "banner",
    "heroImage",
  ],
  imageAlt: ["image_alt", "imageAlt", "feature_image_alt"],
  imageCaption: ["image_caption", "imageCaption", "feature_image_caption"],
  imageCredit: ["image_credit", "imageCredit"],
  attachments: ["attachments"],
  enclosure: ["enclosure"],
  audio: ["audio"],
  video: ["video"],
  podcast: ["podcast"],
  canonical: ["canonical", "canonical_url", "canonicalUrl", "canonicalURL"],
  license: ["license"],
  comments: ["comments"],
  commentsFeed: ["comments_feed", "commentsFeed"],
  inReplyTo: ["in_reply_to", "inReplyTo"],
  correction: ["correction"],
  geo: ["geo"],
  location: ["location"],
  episode: ["episode"],
  season: ["season"],
  episodeType: ["episodeType", "episode_type"],
  explicit: ["explicit"],
  transcript: ["transcript", "transcripts"],
  chapters: ["chapters"],
  soundbite: ["soundbite", "soundbites"],
  persons: ["persons", "person"],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = keyof typeof fieldNames;

/** Fields whose keys mean other things on other sites: they are kept as the site's own as well. */
export const sharedFields: ReadonlySet<FieldName> = new Set([
  "geo",
  "location",
  "episode",
  "season",
  "episodeType",
  "explicit",
  "transcript",
  "chapters",
  "soundbite",
  "persons",
]);

export interface Spelling {
  readonly field: FieldName;
  /** 0 is the canonical spelling; lower wins. */
  readonly rank: number;
}

const spellings = new Map<string, Spelling>();
for (const [field, names] of Object.entries(fieldNames)) {
  names.forEach((name, rank) => {
    spellings.set(name, { field: field as FieldName, rank });
  });
}

/** Says which field a key means, or undefined for a site's own key. */
export function findField(key: string): Spelling | undefined {
  return spellings.get(key);
}

/** Keys of other programs that are similar to one of ours, and are no misspellings. */
const foreign: ReadonlySet<string> = new Set(
  (
    "tag type types layout weight aliases alias order index name names kind toc math menu menus nav rating views " +
    "template theme style styles script scripts series featured pinned sticky source sources language_code " +
    "category_slug time version data page pages post posts media photo photos picture images videos audios link_to " +
    "links linked created_by text part parts uid gid cid pid oid fid aid rid sid bid nid tid vid did kid mid iid " +
    "state stage level pair site size side slide slides edit exit title_short titles subtitle_short dates " +
    "lead deck desk date_gmt hide note notes path_prefix pathname covers headers header footer hash patch " +
    "location publisher recipe review event color colour icon width height robots sitemap search share"
  ).split(" "),
);

const nearest = new Map<string, string | undefined>();
const candidates = [...spellings]
  .filter(([name, { field }]) => name.length >= 4 && /^[a-z]/.test(name) && !sharedFields.has(field))
  .map(([name]) => name);

/** Finds the known key that an unknown one was probably meant to be. Answers are kept: sites repeat their keys. */
export function findNearMiss(key: string): string | undefined {
  if (nearest.has(key)) return nearest.get(key);
  const found = searchNearMiss(key);
  if (nearest.size < 2000) nearest.set(key, found);
  return found;
}

function searchNearMiss(key: string): string | undefined {
  if (key.length < 4 || key.length > 40 || foreign.has(key.toLowerCase())) return undefined;
  const lower = key.toLowerCase();
  let best: string | undefined;
  let least = 3;
  for (const name of candidates) {
    const apart = distance(lower, name.toLowerCase());
    // Two edits turn a short word into another word: they count from six letters on.
    const limit = Math.min(key.length, name.length) >= 6 ? 2 : 1;
    if (apart <= limit && apart < least && key !== name) {
      best = name;
      least = apart;
    }
  }
  return best;
}
