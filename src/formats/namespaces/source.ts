import { cleanTextOf, present } from "../input/read-values.ts";
import { element, optional } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** Text as its author wrote it, the site's accounts by service, and the list of feeds it reads (source.scripting.com). */
export const source = defineNamespace({
  prefix: "source",
  formats: ["rss"],
  entry: ({ of }) => optional("source:markdown", present(cleanTextOf(of("markdown")))),
  channel: ({ origin }) => {
    if (origin === undefined) return [];
    const { accounts, blogroll } = origin.config.feeds;
    return [
      ...Object.entries(accounts).map(([service, name]) => element("source:account", name, { service })),
      ...optional("source:blogroll", blogroll),
    ];
  },
});
