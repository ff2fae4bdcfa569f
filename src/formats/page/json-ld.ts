// In comes what the landing page shows; out goes the same for machines, as schema.org data.
import type { PageData } from "../../model/config.ts";
import { rfc3339 } from "../input/instants.ts";
import { cleanText } from "../xml.ts";

/** The page as part of its site, with the site's feed as a data feed and the latest posts as a list. */
export function pageJsonLd({ site, feeds, posts }: PageData, pageUrl: string): object {
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
