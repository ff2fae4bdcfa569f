// In comes how often a feed changes; out go elements of the module `syndication` (web.resource.org/rss/1.0/modules/syndication).

import type { UpdatePeriod } from "../../model/config.ts";
import type { Extension } from "./any/extension.ts";

export function syndication(period: UpdatePeriod | undefined): Extension[] {
  if (period === undefined) return [];
  return [
    { name: "sy:updatePeriod", objects: period },
    { name: "sy:updateFrequency", objects: 1 },
  ];
}
