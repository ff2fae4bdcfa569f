import { distance } from "fastest-levenshtein";

/**
 * Every spelling of every field, the canonical one first: when two spellings are there, the earlier one wins. Capitals,
 * and `-`, `_` or a space between words, make no difference. The spellings are those of Jekyll, Hugo, Eleventy, Astro,
 * Hexo, Zola, Pelican, Docusaurus, Ghost, Obsidian and Quartz.
 */
export const fieldNames = {
  title: ["title"],
  date: [
    "date",
    "published",
    "pubDate",
    "pubDatetime",
    "published_at",
    "created",
    "created_at",
    "date created",
  ],
  /** A later one than `date` counts: the post is not to be seen before it. */
  publishDate: ["publishDate"],
  updated: [
    "updated",
    "lastmod",
    "modified",
    "updated_at",
    "last_modified_at",
    "last_modified",
    "dateModified",
    "updatedDate",
    "modDatetime",
    "last_update",
    "last_updated",
  ],
  expires: ["expires", "expiryDate", "expiry", "unpublish_date", "expires_at", "retracted"],
  draft: ["draft", "is_draft", "unpublished"],
  /** Jekyll's `published: false`; the table lists `published` under date, its value decides. */
  published: ["publish", "is_published"],
  status: ["status"],
  visibility: ["visibility"],
  unlisted: ["unlisted"],
  noindex: ["noindex", "robotsNoIndex"],
  robots: ["robots"],
  private: ["private"],
  password: ["password"],
  hidden: ["hidden", "headless"],
  eleventyExcludeFromCollections: ["eleventyExcludeFromCollections"],
  feed: ["feed"],
  render: ["render"],
  build: ["build", "_build"],
  sitemap: ["sitemap"],
  /** `retracted: true`; with a date it is `expires`. */
  retracted: [],
  slug: ["slug"],
  permalink: ["permalink", "url", "path", "link"],
  /** `url` and `link` with an absolute address: of this post, or of the page that it is about. */
  link: [],
  externalUrl: ["externalUrl"],
  id: ["id", "guid", "uuid"],
  description: ["description", "summary", "excerpt", "subtitle", "dek", "lede"],
  authors: ["authors", "author", "byline", "creator"],
  tags: ["tags", "tag", "keywords"],
  section: ["section"],
  category: ["category"],
  categories: ["categories"],
  language: ["language", "lang", "locale"],
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
  imageAlt: ["image_alt", "feature_image_alt"],
  imageCaption: ["image_caption", "feature_image_caption"],
  imageCredit: ["image_credit"],
  attachments: ["attachments"],
  enclosure: ["enclosure"],
  audio: ["audio"],
  video: ["video"],
  podcast: ["podcast"],
  canonical: ["canonical", "canonical_url"],
  license: ["license"],
  comments: ["comments"],
  commentsFeed: ["comments_feed"],
  inReplyTo: ["in_reply_to"],
  correction: ["correction"],
  geo: ["geo"],
  location: ["location"],
  episode: ["episode"],
  season: ["season"],
  episodeType: ["episodeType"],
  explicit: ["explicit"],
  transcript: ["transcript", "transcripts"],
  chapters: ["chapters"],
  soundbite: ["soundbite", "soundbites"],
  persons: ["persons", "person"],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = keyof typeof fieldNames;

/** Fields that say who sees a post and when. Where several keys give one, all of them are read, and the strictest counts. */
export const visibilityFields: ReadonlySet<FieldName> = new Set([
  "publishDate",
  "expires",
  "draft",
  "published",
  "status",
  "visibility",
  "unlisted",
  "noindex",
  "robots",
  "private",
  "password",
  "hidden",
  "eleventyExcludeFromCollections",
  "feed",
  "render",
  "build",
  "retracted",
]);

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
const folded = new Map<string, Spelling>();
for (const [field, names] of Object.entries(fieldNames)) {
  names.forEach((name, rank) => {
    spellings.set(name, { field: field as FieldName, rank });
    // After all exact spellings of the field, so that `date` comes before `Date`.
    folded.set(foldKey(name), { field: field as FieldName, rank: rank + 0.5 });
  });
}

function foldKey(key: string): string {
  return key.toLowerCase().replace(/[-_ ]/g, "");
}

/** Keys that are no exact spelling, as they were answered: sites repeat their keys. */
const looked = new Map<string, Spelling | undefined>();

/** Says which field a key means, or undefined for a site's own key. */
export function findField(key: string): Spelling | undefined {
  const exact = spellings.get(key);
  if (exact !== undefined || key.length > 40) return exact;
  if (looked.has(key)) return looked.get(key);
  const found = folded.get(foldKey(key));
  if (looked.size < 2000) looked.set(key, found);
  return found;
}

/** Keys of other programs that are similar to one of ours, and are no misspellings. */
const foreign: ReadonlySet<string> = new Set(
  (
    "type types layout weight aliases alias order index name names kind toc math menu menus nav rating views " +
    "template theme style styles script scripts series featured pinned sticky source sources language_code " +
    "category_slug time version data page pages post posts media photo photos picture images videos audios link_to " +
    "links linked created_by text part parts uid gid cid pid oid fid aid rid sid bid nid tid vid did kid mid iid " +
    "state stage level pair site size side slide slides edit exit title_short titles subtitle_short dates " +
    "lead deck desk date_gmt hide note notes path_prefix pathname covers headers header footer hash patch " +
    "location publisher recipe review event color colour icon width height search share private_notes builds builder sender vendor gender tender stats statue"
  ).split(" "),
);

const nearest = new Map<string, string | undefined>();
const candidates = [...spellings]
  .filter(([name, { field }]) => name.length >= 4 && !sharedFields.has(field))
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
  const word = foldKey(key);
  let best: string | undefined;
  let least = 3;
  for (const name of candidates) {
    const known = foldKey(name);
    const apart = isTransposed(word, known) ? 1 : distance(word, known);
    // Two edits turn a short word into another word: they count from six letters on.
    const limit = Math.min(word.length, known.length) >= 6 ? 2 : 1;
    if (apart <= limit && apart < least) {
      best = name;
      least = apart;
    }
  }
  return best;
}

/** Whether two letters that are neighbours changed places, as in `dtae`. */
function isTransposed(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
