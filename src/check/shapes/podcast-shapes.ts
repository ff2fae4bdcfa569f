// The podcast namespace (podcastindex.org), and that of Apple.
import { appleCategories, readSubcategories } from "../../model/apple-categories.ts";
import { defineProblem } from "../../model/problem.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import type { DocumentCheck } from "../rules/document-check.ts";
import type { Shape } from "./shape.ts";

const podcastShared = {
  "podcast:person": "podcastPerson many",
  "podcast:location": "podcastLocation many",
  "podcast:license": "podcastLicense",
  "podcast:value": "foreign many",
  "podcast:images": "podcastImages",
  "podcast:image": "foreign many",
  "podcast:txt": "podcastTxt many",
  "podcast:chat": "foreign",
  "podcast:contentLink": "foreign many",
};

export const podcastOfFeed = {
  ...podcastShared,
  "podcast:guid": "podcast-guid",
  "podcast:locked": "podcastLocked",
  "podcast:funding": "podcastFunding many",
  "podcast:trailer": "podcastTrailer many",
  "podcast:medium": "podcast-medium",
  "podcast:block": "podcastBlock many",
  "podcast:podroll": "foreign",
  "podcast:updateFrequency": "foreign",
  "podcast:podping": "foreign",
  "podcast:publisher": "foreign",
  "podcast:liveItem": "foreign many",
  "podcast:remoteItem": "foreign many",
  "podcast:episodesInterval": "foreign",
};

export const podcastOfEntry = {
  ...podcastShared,
  "podcast:transcript": "podcastTranscript many",
  "podcast:chapters": "podcastChapters",
  "podcast:soundbite": "podcastSoundbite many",
  "podcast:season": "podcastSeason",
  "podcast:episode": "podcastEpisode",
  "podcast:alternateEnclosure": "foreign many",
  "podcast:socialInteract": "foreign many",
  "podcast:funding": "podcastFunding many",
};

export const podcastShapes: Readonly<Record<string, Shape>> = {
  podcastPerson: {
    value: "podcast-text",
    attributes: { role: "any", group: "any", img: "secure-url", href: "secure-url" },
  },
  podcastLocation: {
    value: "podcast-text",
    attributes: { geo: "any", osm: "any", rel: "any", country: "country" },
  },
  podcastLicense: { value: "podcast-text", attributes: { url: "secure-url" } },
  podcastImages: { attributes: { srcset: "any required" } },
  podcastTxt: { value: "any", attributes: { purpose: "any" } },
  podcastLocked: { value: "podcast-locked", attributes: { owner: "email" } },
  podcastFunding: { value: "podcast-text", attributes: { url: "secure-url required" } },
  podcastTrailer: {
    value: "podcast-text",
    attributes: {
      url: "secure-url required",
      pubdate: "rss-date required",
      length: "count",
      type: "media-type",
      season: "positive-integer",
    },
  },
  podcastBlock: { value: "podcast-locked", attributes: { id: "any" } },
  podcastTranscript: {
    attributes: {
      url: "secure-url required",
      type: "podcast-transcript required",
      language: "language",
      rel: "any",
    },
  },
  podcastChapters: { attributes: { url: "secure-url required", type: "media-type required" } },
  podcastSoundbite: {
    value: "podcast-text",
    attributes: { startTime: "number required", duration: "number required" },
  },
  podcastSeason: { value: "count", attributes: { name: "podcast-text" } },
  podcastEpisode: { value: "number", attributes: { display: "any" } },
};

const itunesShared = {
  "itunes:author": "itunes-name",
  "itunes:block": "block",
  "itunes:explicit": "explicit",
  "itunes:image": "itunesImage",
  "itunes:keywords": "keywordsPlain",
  "itunes:subtitle": "itunesSubtitle",
  "itunes:summary": "itunesSummary",
  "itunes:title": "itunes-name",
};

export const itunesOfFeed = {
  ...itunesShared,
  "itunes:category": "itunesCategory many",
  "itunes:complete": "block",
  "itunes:new-feed-url": "url",
  "itunes:owner": "itunesOwner",
  "itunes:pubDate": "rss-date",
  "itunes:type": "show-type",
  "itunes:applepodcastsverify": "any",
};

export const itunesOfEntry = {
  ...itunesShared,
  "itunes:category": "itunesCategory many",
  "itunes:duration": "duration",
  "itunes:episode": "positive-integer",
  "itunes:season": "positive-integer",
  "itunes:episodeType": "episode-type",
  "itunes:isClosedCaptioned": "block",
  "itunes:order": "positive-integer",
};

/** Categories that Apple withdrew in 2012 and 2019. */
const withdrawn = readSubcategories(`
Arts: Architecture, Entertainment, Games, Literature, Photography, Poetry, Science Fiction
Arts & Entertainment: Architecture, Books, Design, Entertainment, Games, Performing Arts, Photography, Poetry, Science Fiction
Audio Blogs:
Business: Business News, Finance, Management & Marketing, Shopping
Comedy:
Education: Education Technology, Educational Technology, Higher Education, K-12, Language Courses, Training
Family:
Food:
Games & Hobbies: Automotive, Aviation, Hobbies, Other Games, Video Games
Government & Organizations: Local, National, Non-Profit, Regional
Health: Diet & Nutrition, Fitness, Relationships, Self-Help, Sexuality
Health & Fitness: Fitness & Nutrition, Self-Help
International: Australian, Belgian, Brazilian, Canadian, Chinese, Dutch, French, German, Hebrew, Italian, Japanese, Norwegian, Polish, Portuguese, Spanish, Swedish
Movies & Television:
Music:
News:
News & Politics: Conservative (Right), Liberal (Left)
Politics:
Public Radio:
Religion & Spirituality: Other
Science: Medicine
Science & Medicine: Medicine, Natural Sciences, Social Sciences
Society & Culture: Gay & Lesbian, History
Sports & Recreation: Amateur, College & High School, Outdoor, Professional
Talk Radio:
Technology: Computers, Developers, Gadgets, Information Technology, News, Operating Systems, Podcasting, Smart Phones, Software How-To, Text/Speech, Tech News
Transportation: Automotive, Aviation, Bicycles, Commuting
Travel:`);

const unknownCategory = defineProblem("itunes/category", {
  severity: "error",
  title: "A category that Apple does not have",
  why: "The show appears under no category.",
  fix: "Use a name of Apple's list, in its spelling.",
  spec: "https://podcasters.apple.com/support/1691-apple-podcasts-categories",
});

const withdrawnCategory = defineProblem("itunes/category-old", {
  severity: "warning",
  title: "A category that Apple no longer has",
  why: "Apple files the show elsewhere.",
  fix: "Use a name of the current list.",
  spec: "https://podcasters.apple.com/support/1691-apple-podcasts-categories",
});

function checkCategory(element: ElementNode, document: DocumentCheck): void {
  const name = attributeOf(element, "text")?.trim();
  if (name === undefined) return;
  const above = element.parent?.ns === element.ns ? attributeOf(element.parent, "text")?.trim() : undefined;
  const has = (list: ReadonlyMap<string, readonly string[]>) =>
    above === undefined ? list.has(name) : (list.get(above)?.includes(name) ?? false);
  if (has(appleCategories)) return;
  const path = above === undefined ? name : `${above} / ${name}`;
  if (has(withdrawn))
    document.report(element, withdrawnCategory, `Apple Podcasts no longer has the category "${path}".`);
  else document.report(element, unknownCategory, `Apple Podcasts has no category "${path}".`);
}

export const itunesShapes: Readonly<Record<string, Shape>> = {
  itunesImage: { attributes: { href: "web-url required", rel: "any", type: "any" } },
  itunesCategory: {
    attributes: { text: "plain required" },
    children: { "itunes:category": "itunesCategory many" },
    check: checkCategory,
  },
  itunesOwner: { children: { "itunes:name": "itunes-name", "itunes:email": "email" } },
  itunesSubtitle: { value: "itunes-subtitle" },
  itunesSummary: { value: "itunes-summary" },
  keywordsPlain: { value: "keywords-plain" },
};
