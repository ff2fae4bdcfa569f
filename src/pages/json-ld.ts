/** What JSON-LD says of an article, as written. */
export interface ArticleData {
  /** `Article`, `BlogPosting`, `NewsArticle` and so on. */
  readonly type: string;
  readonly headline: string | undefined;
  readonly url: string | undefined;
  readonly published: string | undefined;
  readonly modified: string | undefined;
  readonly authors: readonly string[];
  readonly images: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Characters of a script that are read, and how deep and how many of its objects are looked at. */
const longestScript = 1_000_000;
const deepest = 8;
const mostObjects = 10_000;

/** The articles of one script of JSON-LD; undefined where it is no JSON. */
export function readArticleData(script: string): ArticleData[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(script.slice(0, longestScript).replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, ""));
  } catch {
    return undefined;
  }
  const articles: ArticleData[] = [];
  let left = mostObjects;
  const visit = (inner: unknown, depth: number): void => {
    if (depth > deepest || left <= 0) return;
    if (Array.isArray(inner)) for (const one of inner) visit(one, depth + 1);
    else if (isObject(inner)) {
      left -= 1;
      const type = listOf(inner["@type"]).find((name) => typeof name === "string" && isArticleType(name));
      if (typeof type === "string") articles.push(readArticle(type, inner));
      else
        for (const key of ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "blogPost"])
          visit(inner[key], depth + 1);
    }
  };
  visit(value, 0);
  return articles;
}

function isArticleType(name: string): boolean {
  return /(?:Article|BlogPosting|Report|SocialMediaPosting)$/.test(name.slice(0, 200));
}

function readArticle(type: string, data: JsonObject): ArticleData {
  return {
    type: type.replace(/^https?:\/\/schema\.org\//, ""),
    headline: nodeText(data.headline) ?? nodeText(data.name),
    url: nodeText(data.url) ?? nodeText(data["@id"]) ?? addressOf(data.mainEntityOfPage),
    published: nodeText(data.datePublished) ?? nodeText(data.dateCreated),
    modified: nodeText(data.dateModified),
    authors: listOf(data.author).flatMap(
      (author) => (isObject(author) ? nodeText(author.name) : nodeText(author)) ?? [],
    ),
    images: listOf(data.image).flatMap((image) => addressOf(image) ?? []),
  };
}

function addressOf(value: unknown): string | undefined {
  if (!isObject(value)) return nodeText(value);
  return nodeText(value.url) ?? nodeText(value.contentUrl) ?? nodeText(value["@id"]);
}

function nodeText(value: unknown): string | undefined {
  const first = listOf(value)[0];
  return typeof first === "string" && first.trim() !== "" ? first.trim() : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 100) : value === undefined ? [] : [value];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
