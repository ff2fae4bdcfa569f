import {
  documentsOf,
  type FeedHead,
  type ListedKind,
  preferredDocument,
  shortTitle,
} from "../site/feed-list.ts";
import { html, languageAttributes, relativeTo, type SafeHtml } from "./markup.ts";
import type { SiteTexts } from "./texts.ts";

/** How the list is shown. */
export interface FeedView {
  readonly texts: SiteTexts;
  readonly siteUrl: string;
  readonly siteTitle: string;
  /** Of the page, below the output folder. */
  readonly path: string;
  /** Links to readers at every feed. */
  readonly readers: boolean;
  /** Every format of every feed. */
  readonly formats: boolean;
}

/** The site's own feed: every address is written out, so that it can be copied without a script. */
export function renderSiteFeed(feed: FeedHead, view: FeedView): SafeHtml {
  const documents = documentsOf(feed, view.siteUrl);
  const rows = documents.map(
    ({ label, url, mediaType }) =>
      html`<li class="doc"><a href="${relativeTo(view.path, url, view.siteUrl)}" type="${mediaType}">${label}</a> <code dir="ltr">${url}</code></li>\n`,
  );
  const chosen = preferredDocument(documents);
  return html`<div class="site">
<h3><bdi${languageAttributes(feed.language, view.texts.language)}>${feed.title}</bdi></h3>
<ul>
${rows}</ul>
${chosen === undefined ? undefined : renderReaders(chosen.url, view, html`${view.texts.openIn}`)}</div>
`;
}

function renderReaders(url: string, { texts }: FeedView, label: SafeHtml | undefined): SafeHtml {
  const links = readerLinks(url, texts.thisDevice).map(
    ({ name, href }) => html` <a href="${href}" rel="nofollow">${name}</a>`,
  );
  return html`<p class="readers" data-u="${url}">${label === undefined ? undefined : html`<span>${label}</span>`}${links}</p>\n`;
}

/** Every other kind in a section that opens; at most `limit` feeds in all, then a link to the whole list. */
export function renderGroups(
  groups: readonly { readonly kind: ListedKind; readonly feeds: readonly FeedHead[] }[],
  view: FeedView,
  limit: number,
  wholeList: string | undefined,
): SafeHtml {
  let room = limit;
  const shown = groups.flatMap(({ kind, feeds }): SafeHtml[] => {
    const some = feeds.slice(0, Math.max(0, room));
    room -= feeds.length;
    return some.length === 0 || kind === "site" ? [] : [renderGroup(kind, feeds.length, some, view)];
  });
  const cut = room < 0 && wholeList !== undefined;
  return html`${shown}${cut ? html`<p><a href="${wholeList}">${view.texts.wholeList}</a></p>\n` : undefined}`;
}

function renderGroup(
  kind: Exclude<ListedKind, "site">,
  count: number,
  feeds: readonly FeedHead[],
  view: FeedView,
): SafeHtml {
  return html`<details>
<summary>${view.texts.groups[kind]} (${count})</summary>
<ul class="feeds">
${feeds.map((feed) => renderFeed(feed, view))}</ul>
</details>
`;
}

/** The preferred document's link is first: the script copies that one. */
function renderFeed(feed: FeedHead, view: FeedView): SafeHtml {
  const documents = documentsOf(feed, view.siteUrl);
  const chosen = preferredDocument(documents);
  if (chosen === undefined) return html``;
  const title = shortTitle(feed.title, view.siteTitle);
  const language = languageAttributes(feed.language, view.texts.language);
  const hrefOf = (url: string): string => relativeTo(view.path, url, view.siteUrl);
  if (!view.formats) return html`<li><a href="${hrefOf(chosen.url)}"${language}>${title}</a></li>\n`;
  const ordered = [chosen, ...documents.filter((one) => one !== chosen)];
  const links = ordered.map(({ label, url }) => html` <a href="${hrefOf(url)}">${label}</a>`);
  const readers = view.readers
    ? html`<details><summary>${view.texts.openIn}</summary>${renderReaders(chosen.url, view, undefined)}</details>`
    : undefined;
  return html`<li><bdi${language}>${title}</bdi>${links}${readers}</li>\n`;
}

/** Each takes a feed's address, percent-encoded, at the end. */
const webReaders: readonly (readonly [name: string, prefix: string])[] = [
  ["Feedly", "https://feedly.com/i/subscription/feed%2F"],
  ["Inoreader", "https://www.inoreader.com/?add_feed="],
  ["NewsBlur", "https://www.newsblur.com/?url="],
  ["Feedbin", "https://feedbin.com/?subscribe="],
  ["The Old Reader", "https://theoldreader.com/feeds/subscribe?url="],
];

/** The addresses at which common readers subscribe to a feed; the last one asks the visitor's own system, by the `feed:` scheme. */
function readerLinks(url: string, thisDevice: string): { readonly name: string; readonly href: string }[] {
  return [
    ...webReaders.map(([name, prefix]) => ({ name, href: prefix + encodeURIComponent(url) })),
    { name: thisDevice, href: `feed:${url}` },
  ];
}
