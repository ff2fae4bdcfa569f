import { generatorWords } from "../../model/generator-mark.ts";
import type { OutputFile } from "../../model/plan.ts";
import { directionOf } from "../page/markup.ts";
import { siteTexts } from "../page/texts.ts";

const fileName = "feeds.css";

/** The address of feeds.css from a document in this folder; relative, so it is valid on any host. */
export function stylesheetHref(folder: string): string {
  return "../".repeat(folder.split("/").length - 1) + fileName;
}

/** feeds.css, with which a browser shows a raw feed as a page that says what it is. It loads nothing. */
export function makeStylesheet(language: string): OutputFile {
  const texts = siteTexts(language);
  const note = `rss::before, feed::before {
  content: "${cssString(texts.rawFeed)}";
  direction: ${directionOf(texts.language)};
}
`;
  return { path: fileName, mediaType: "text/css", content: `/* ${generatorWords} */\n${rules}${note}` };
}

/** A CSS string in double quotes (CSS Syntax, section 4.3.5). */
function cssString(text: string): string {
  return text.replace(/["\\]/g, "\\$&").replace(/[\n\r\f]/g, " ");
}

/**
 * CSS cannot make links or read escaped HTML, so bodies stay hidden: titles, summaries, dates and addresses are text. In
 * RSS a description is a summary where there is a `content:encoded` too.
 */
const rules = `:root { color-scheme: light dark; }
rss, feed {
  display: block; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem;
  background: #fff; color: #1c1c1e; font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere;
}
rss::before, feed::before {
  display: block; margin-bottom: 2rem; padding: 1rem; border: 1px solid #c9cad1; border-radius: 0.5rem;
  background: #f4f5f8;
}
rss *, feed * { display: none; }
channel, item, entry,
channel > title, channel > description, channel > link, feed > title, feed > subtitle,
item > title, item > link, item > pubDate, entry > title, entry > published, entry > summary {
  display: block; unicode-bidi: plaintext;
}
channel > title, feed > title { font-size: 2rem; font-weight: 700; line-height: 1.2; }
channel > description, feed > subtitle, channel > link, pubDate, published { color: #55565c; }
item, entry { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid #c9cad1; }
item > title, entry > title { font-weight: 600; }
item > link { font-size: 0.9375rem; }
pubDate, published { font-size: 0.9375rem; direction: ltr; }
item:has(> encoded) > description { display: block; unicode-bidi: plaintext; }
entry > link[rel="alternate"] { display: block; font-size: 0.9375rem; }
entry > link[rel="alternate"]::after { content: attr(href); }
@media (prefers-color-scheme: dark) {
  rss, feed { background: #15171b; color: #eaeaee; }
  :root { background: #15171b; }
  rss::before, feed::before { background: #1f2228; border-color: #43464f; }
  item, entry { border-color: #43464f; }
  channel > description, feed > subtitle, channel > link, pubDate, published { color: #b4b6c0; }
}
`;
