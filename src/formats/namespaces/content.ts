import { optional } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** The text of an entry, when its description is a summary (web.resource.org/rss/1.0/modules/content). */
export const contentModule = defineNamespace({
  prefix: "content",
  formats: ["rss"],
  entry: ({ description, content }) =>
    optional("content:encoded", description === undefined ? undefined : content),
});
