import { element } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** How often a feed changes (web.resource.org/rss/1.0/modules/syndication). */
export const syndication = defineNamespace({
  prefix: "sy",
  formats: ["rss"],
  channel: ({ origin }) => {
    const period = origin?.config.feeds.updatePeriod;
    return period === undefined
      ? []
      : [element("sy:updatePeriod", period), element("sy:updateFrequency", "1")];
  },
});
