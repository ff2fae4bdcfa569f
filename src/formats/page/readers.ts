// In comes a feed's public address; out go the addresses at which common readers subscribe to it.

/** Where each reader takes a feed's address, percent-encoded, at the end. */
const webReaders: readonly (readonly [name: string, prefix: string])[] = [
  ["Feedly", "https://feedly.com/i/subscription/feed%2F"],
  ["Inoreader", "https://www.inoreader.com/?add_feed="],
  ["NewsBlur", "https://www.newsblur.com/?url="],
  ["Feedbin", "https://feedbin.com/?subscribe="],
  ["The Old Reader", "https://theoldreader.com/feeds/subscribe?url="],
];

/** Links by reader; the last one asks the visitor's own system, by the `feed:` scheme. */
export function readerLinks(
  url: string,
  thisDevice: string,
): { readonly name: string; readonly href: string }[] {
  return [
    ...webReaders.map(([name, prefix]) => ({ name, href: prefix + encodeURIComponent(url) })),
    { name: thisDevice, href: `feed:${url}` },
  ];
}
