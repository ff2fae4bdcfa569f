import { element } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** The logo that SmartFormat asks for (publishers.smartnews.com, "SmartFormat specification"). */
export const smartnews = defineNamespace({
  prefix: "snf",
  channel: ({ origin }, format) => {
    const logo = origin?.config.site.image;
    if (origin?.plan.profile !== "smartnews" || logo === undefined) return [];
    return [element("snf:logo", format === "rss" ? [element("url", logo)] : undefined)];
  },
});
