// Out goes Apple's podcast vocabulary as a table, with the categories that it withdrew.
import { appleCategories, readSubcategories } from "../../model/apple-categories.ts";
import type { DocumentCheck } from "../document-check.ts";
import { attributeOf, type XmlElement } from "../parse/xml-tree.ts";
import type { Shape } from "./shape-table.ts";

const shared = {
  "itunes:author": "itunes-name",
  "itunes:block": "block",
  "itunes:explicit": "explicit",
  "itunes:image": "itunesImage",
  "itunes:keywords": "keywordsPlain",
  "itunes:subtitle": "itunesSubtitle",
  "itunes:summary": "itunesSummary",
  "itunes:title": "itunes-name",
};

export const itunesChannel = {
  ...shared,
  "itunes:category": "itunesCategory many",
  "itunes:complete": "block",
  "itunes:new-feed-url": "url",
  "itunes:owner": "itunesOwner",
  "itunes:pubDate": "rss-date",
  "itunes:type": "show-type",
  "itunes:applepodcastsverify": "any",
};

export const itunesItem = {
  ...shared,
  "itunes:category": "itunesCategory many",
  "itunes:duration": "duration",
  "itunes:episode": "positive-integer",
  "itunes:season": "positive-integer",
  "itunes:episodeType": "episode-type",
  "itunes:isClosedCaptioned": "block",
  "itunes:order": "positive-integer",
};

/** Categories that Apple withdrew in 2012 and 2019. */
const WITHDRAWN = readSubcategories(`
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

function checkCategory(element: XmlElement, check: DocumentCheck): void {
  const name = attributeOf(element, "text")?.trim();
  if (name === undefined) return;
  const above = element.parent?.ns === element.ns ? attributeOf(element.parent, "text")?.trim() : undefined;
  const has = (list: ReadonlyMap<string, readonly string[]>) =>
    above === undefined ? list.has(name) : (list.get(above)?.includes(name) ?? false);
  if (has(appleCategories)) return;
  const path = above === undefined ? name : `${above} / ${name}`;
  const code = has(WITHDRAWN) ? "itunes/category-old" : "itunes/category";
  check.report(
    element,
    code,
    `Apple Podcasts ${code === "itunes/category" ? "has no" : "no longer has the"} category "${path}".`,
  );
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
