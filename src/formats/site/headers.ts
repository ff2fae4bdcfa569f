import { generatorWords } from "../../model/generator-mark.ts";
import type { OutputFile } from "../../model/plan.ts";

/** XML and text name their charset, so that header and document agree. */
function contentType(mediaType: string): string {
  return mediaType.includes("json") ? mediaType : `${mediaType}; charset=utf-8`;
}

/** In seconds. Readers that obey poll a feed at most every quarter of an hour. */
const maxAge = { feed: 900, list: 3600 };

/** Cloudflare reads at most this many rules. */
const ruleLimit = 100;

interface Rule {
  readonly path: string;
  readonly mediaType: string;
}

/**
 * _headers, in which Netlify and Cloudflare read media types, caching and CORS. One rule a file; files with one name in folders beside each other share a rule with a placeholder, which both hosts
 * know. No two rules match one path: both hosts would join the values of both.
 */
export function makeHeaders(
  files: readonly Pick<OutputFile, "path" | "mediaType">[],
  siteUrl: string,
): OutputFile {
  const rules = mergeRules(files.map(({ path, mediaType }) => ({ path, mediaType })));
  const blocks = rules.slice(0, ruleLimit).map(({ path, mediaType }) => {
    const lines = [
      new URL(`./${path}`, siteUrl).pathname,
      ...headersOf(path, mediaType).map((one) => `  ${one}`),
    ];
    return `${lines.join("\n")}\n`;
  });
  return {
    path: "_headers",
    mediaType: "text/plain",
    content: `# ${generatorWords}\n\n${blocks.join("\n")}`,
  };
}

function headersOf(path: string, mediaType: string): string[] {
  const isFeed = /\b(rss|atom|feed)\+/.test(mediaType) || path.includes("news-sitemap");
  return [
    `Content-Type: ${contentType(mediaType)}`,
    `Cache-Control: public, max-age=${isFeed ? maxAge.feed : maxAge.list}`,
    "X-Content-Type-Options: nosniff",
    ...(mediaType.includes("json") ? ["Access-Control-Allow-Origin: *"] : []),
  ];
}

/** `tags/a/rss.xml` and `tags/b/rss.xml` become `tags/:name/rss.xml`. */
function mergeRules(rules: readonly Rule[]): Rule[] {
  const byShape = new Map<string, Rule[]>();
  for (const rule of rules) {
    const shape = shapeOf(rule.path);
    byShape.set(shape, [...(byShape.get(shape) ?? []), rule]);
  }
  const merged = [...byShape].flatMap(([shape, members]) => {
    const [first] = members;
    const alike = members.every(({ mediaType }) => mediaType === first?.mediaType);
    return first && alike && members.length > 1 ? [{ path: shape, mediaType: first.mediaType }] : members;
  });
  // Files at the top matter most, if there are more rules than Cloudflare reads.
  return merged.sort((a, b) => a.path.split("/").length - b.path.split("/").length);
}

function shapeOf(path: string): string {
  const parts = path.split("/");
  return parts.length < 3
    ? path
    : [parts[0], ...parts.slice(1, -1).map((_, i) => `:name${i + 1}`), parts.at(-1)].join("/");
}
