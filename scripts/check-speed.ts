// How long `checkDocument` takes for a feed of a given size in MB, beside `xmllint --noout`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkDocument } from "../src/check/check-document.ts";

const paragraph =
  '<p>Some words and <a href="https://example.org/a?b=1&amp;c=2">a link</a>, <em>stress</em> &ndash; and more words.</p>\n';

/** An RSS feed of full texts, half of them in CDATA and half escaped. */
function makeFeed(bytes: number): string {
  const body = paragraph.repeat(40);
  const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const items: string[] = [];
  for (let size = 0, n = 1; size < bytes; n += 1) {
    const text = n % 2 ? `<![CDATA[${body}]]>` : escaped;
    const item = `<item><title>Title ${n}</title><link>https://example.org/${n}</link><guid>https://example.org/${n}</guid><pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate><description>Short</description><content:encoded>${text}</content:encoded></item>\n`;
    size += item.length;
    items.push(item);
  }
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://example.org/</link><description>d</description><atom:link rel="self" href="https://example.org/rss.xml"/>\n${items.join("")}</channel></rss>\n`;
}

const megabytes = Number(process.argv[2] ?? 10);
const bytes = new TextEncoder().encode(makeFeed(megabytes * 1_000_000));
const times = Array.from({ length: 5 }, () => {
  const start = performance.now();
  checkDocument({ bytes, name: "big.xml" }, { now: 0 });
  return performance.now() - start;
}).sort((a, b) => a - b);
process.stdout.write(
  `check: ${megabytes} MB, median ${times[2]?.toFixed(0)} ms, slowest ${times[4]?.toFixed(0)} ms\n`,
);

const folder = mkdtempSync(join(tmpdir(), "feedwright-speed-"));
const file = join(folder, "big.xml");
writeFileSync(file, bytes);
const start = performance.now();
const xmllint = spawnSync("xmllint", ["--noout", "--huge", file], { stdio: "ignore" });
const took = performance.now() - start;
process.stdout.write(
  xmllint.error
    ? "xmllint is not installed\n"
    : `xmllint --noout: ${took.toFixed(0)} ms, exit ${xmllint.status}\n`,
);
rmSync(folder, { recursive: true });
