// Out go the rules about how a document is served: what `check URL` can say beside what the document itself shows.
import { rule } from "./rule.ts";

const http = "https://www.rfc-editor.org/rfc/rfc9110";
const caching = "https://www.rfc-editor.org/rfc/rfc9111";

export const httpRules = {
  "http/unreachable": rule(
    "error",
    "An address that does not answer",
    "Readers keep showing what they have, and give up after some days or weeks.",
    "Look at the address, the name server, the certificate and the server.",
    http,
  ),
  "http/status": rule(
    "error",
    "An answer that is not the document",
    "Readers take no entries from it; 404 and 410 make some of them drop the subscription.",
    "Let the address answer 200, or 301 with the new address.",
    `${http}#section-15`,
  ),
  "http/moved": rule(
    "warning",
    "An address that has moved for good",
    "Every fetch costs a second request, and subscriptions end when the redirect does.",
    "Tell people the new address, and keep the redirect.",
    `${http}#section-15.4`,
  ),
  "http/redirect": rule(
    "hint",
    "A detour on the way to the document",
    "Every fetch costs a further request.",
    "Serve the document at the address that people subscribe to.",
    `${http}#section-15.4`,
  ),
  "http/media-type": rule(
    "warning",
    "A media type that is not the document's",
    "Browsers and some readers go by the media type: text/html is shown as a page, text/plain as text.",
    "Serve RSS as application/rss+xml, Atom as application/atom+xml, JSON Feed as application/feed+json, and other XML as application/xml.",
    "https://www.rfc-editor.org/rfc/rfc7303",
  ),
  "http/charset": rule(
    "warning",
    "JSON in another charset",
    "JSON is UTF-8; readers that trust the header show wrong letters.",
    "Leave the charset out, or let it say utf-8.",
    "https://www.rfc-editor.org/rfc/rfc8259#section-8.1",
  ),
  "http/validators": rule(
    "warning",
    "Neither ETag nor Last-Modified",
    "Every reader fetches the whole document each time it looks, changed or not.",
    "Let the server send an ETag or a Last-Modified header; every common server can.",
    `${http}#section-8.8`,
  ),
  "http/last-modified": rule(
    "warning",
    "A Last-Modified that is no date of the past",
    "Readers send it back, and the server cannot tell whether anything changed since.",
    "Send the moment of the last change, such as `Wed, 21 Oct 2026 07:28:00 GMT`.",
    `${http}#section-8.8.2`,
  ),
  "http/not-modified": rule(
    "warning",
    "No 304 where nothing has changed",
    "The server sends a validator and does not look at it when it comes back: every fetch is a whole one.",
    "Let the server compare If-None-Match and If-Modified-Since, and answer 304.",
    `${http}#section-15.4.5`,
  ),
  "http/compression": rule(
    "warning",
    "A document that is sent uncompressed",
    "Feeds shrink to about a fifth; every reader pays for the rest at each fetch.",
    "Turn on gzip for XML and JSON.",
    `${http}#section-8.4`,
  ),
  "http/cache": rule(
    "hint",
    "A cache lifetime that does not suit a feed",
    "Without one every reader guesses how often to look; with one of days new entries come late.",
    "Send `Cache-Control: max-age=900`, or another lifetime from a few minutes to a day.",
    `${caching}#section-5.2`,
  ),
};
