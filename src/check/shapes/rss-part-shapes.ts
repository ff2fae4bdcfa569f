// Out go the elements inside a channel or an item of RSS that hold more than a value, as a table.
import { checkEnclosure, checkGuid } from "../rules/rss-item.ts";
import { checkCloud, checkDays, checkHours, checkImage, checkTextInput } from "../rules/rss-parts.ts";
import { dublinCore } from "./extension-shapes.ts";
import type { Shape } from "./shape-table.ts";

export const rssPartShapes: Readonly<Record<string, Shape>> = {
  rssCategory: { value: "plain", attributes: { domain: "any" } },
  rssCloud: {
    attributes: {
      domain: "any required",
      port: "port required",
      path: "any required",
      registerProcedure: "any required",
      protocol: "cloud-protocol required",
    },
    check: checkCloud,
  },
  rssImage: {
    attributes: { "rdf:about": "any", "rdf:resource": "any" },
    children: {
      url: "url",
      title: "title nonblank",
      link: "url",
      width: "image-width",
      height: "image-height",
      description: "plain nonblank",
      ...dublinCore,
    },
    check: checkImage,
  },
  rssTextInput: {
    attributes: { "rdf:about": "any", "rdf:resource": "any" },
    children: {
      title: "title nonblank",
      description: "plain nonblank",
      name: "form-name",
      link: "url",
      ...dublinCore,
    },
    check: checkTextInput,
  },
  rssHours: { children: { hour: "hour many" }, required: { hour: "element/missing" }, check: checkHours },
  rssDays: { children: { day: "day many" }, required: { day: "element/missing" }, check: checkDays },
  rssGuid: { value: "any", attributes: { isPermaLink: "boolean" }, check: checkGuid },
  rssSource: { value: "plain", attributes: { url: "url-attribute required" } },
  rssEnclosure: {
    attributes: { url: "web-url required", length: "any required", type: "media-type required" },
    check: checkEnclosure,
  },
};
