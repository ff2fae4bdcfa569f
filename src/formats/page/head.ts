// In comes what the landing page shows; out goes its head: what may run and load, how to find the feeds, the same for machines.
import { createHash } from "node:crypto";
import type { Config, PageData } from "../../model/config.ts";
import { pageJsonLd } from "./json-ld.ts";
import { html, jsonForScript, Markup } from "./markup.ts";
import { relativeTo } from "./relative.ts";
import { pageScript } from "./script.ts";
import { pageStyle } from "./style.ts";

/** The policy lets this script, this style and pictures of the site itself through, and nothing else. */
export function renderHead(data: PageData, config: Config, path: string, url: string): Markup {
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
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="strict-origin-when-cross-origin">
<title>${site.title}</title>
${site.description === "" ? undefined : html`<meta name="description" content="${site.description}">\n`}<link rel="canonical" href="${url}">
<link rel="icon" href="${own ?? "data:,"}">
${new Markup(autodiscovery)}<style>${new Markup(pageStyle)}</style>
<script type="application/ld+json">${jsonForScript(pageJsonLd(data, url))}</script>
</head>`;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
