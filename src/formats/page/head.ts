import { createHash } from "node:crypto";
import type { Config, PageData } from "../../model/config.ts";
import { generatorName } from "../../model/generator-mark.ts";
import { rfc3339 } from "../text.ts";
import { cleanText } from "../xml.ts";
import { html, jsonForScript, relativeTo, SafeHtml } from "./markup.ts";
import { pageScript } from "./script.ts";
import { pageStyle } from "./style.ts";

/** The policy allows this script, this style and the site's own pictures, and nothing else. */
export function renderHead(data: PageData, config: Config, path: string, url: string): SafeHtml {
  const { site, autodiscovery } = data;
  const { icon } = config.site;
  const own = icon?.startsWith(site.url) ? relativeTo(path, icon, site.url) : undefined;
  const policy = [
    "default-src 'none'",
    `script-src '${digest(pageScript)}'`,
    `style-src '${digest(pageStyle)}'`,
    own === undefined ? "img-src data:" : "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="${generatorName}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="strict-origin-when-cross-origin">
<title>${site.title}</title>
${site.description === "" ? undefined : html`<meta name="description" content="${site.description}">\n`}<link rel="canonical" href="${url}">
<link rel="icon" href="${own ?? "data:,"}">
${new SafeHtml(autodiscovery)}<style>${new SafeHtml(pageStyle)}</style>
<script type="application/ld+json">${jsonForScript(pageJsonLd(data, url))}</script>
</head>`;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** What the page shows, for machines (schema.org): the page as part of its site, with the site's feed as a data feed and the latest posts as a list. */
function pageJsonLd({ site, feeds, posts }: PageData, pageUrl: string): object {
  const documents = feeds.find(({ key }) => key === "site")?.documents ?? [];
  return {
    "@context": "https://schema.org",
    "@type": "CollectionPage",
    url: pageUrl,
    name: cleanText(site.title),
    ...(site.description !== "" && { description: cleanText(site.description) }),
    inLanguage: site.language,
    isPartOf: { "@type": "WebSite", url: site.url, name: cleanText(site.title) },
    hasPart: {
      "@type": "DataFeed",
      name: cleanText(site.title),
      distribution: documents.map(({ mediaType, url }) => ({
        "@type": "DataDownload",
        encodingFormat: mediaType,
        contentUrl: url,
      })),
    },
    mainEntity: {
      "@type": "ItemList",
      itemListElement: posts.map(({ title, url, date }, i) => ({
        "@type": "ListItem",
        position: i + 1,
        item: { "@type": "Article", headline: cleanText(title), url, datePublished: rfc3339(date) },
      })),
    },
  };
}
