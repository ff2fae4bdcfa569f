// Out goes Media RSS 1.5.1 as a table, with the few rules that a table cannot hold.

import { checkHtml } from "../parse/html.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { type DocumentCheck, Spot } from "../rules/document-check.ts";
import { checkAddress } from "../values/addresses.ts";
import { checkCountries } from "../values/media-values.ts";
import { checkPlain } from "../values/text.ts";
import type { Shape } from "./shape.ts";

/** What may stand in an item, a channel, a group or a content. */
const optional = {
  "media:adult": "media-adult",
  "media:rating": "mediaRating many",
  "media:title": "mediaText",
  "media:description": "mediaText",
  "media:keywords": "plain",
  "media:thumbnail": "mediaThumbnail many",
  "media:category": "mediaCategory many",
  "media:hash": "mediaHash many",
  "media:player": "mediaPlayer",
  "media:credit": "mediaCredit many",
  "media:copyright": "mediaCopyright",
  "media:text": "mediaTextTrack many",
  "media:restriction": "mediaRestriction many",
  "media:community": "foreign",
  "media:comments": "foreign",
  "media:embed": "foreign",
  "media:responses": "foreign",
  "media:backLinks": "foreign",
  "media:status": "foreign",
  "media:price": "foreign many",
  "media:license": "foreign many",
  "media:subTitle": "foreign many",
  "media:peerLink": "foreign many",
  "media:location": "foreign many",
  "media:rights": "foreign",
  "media:scenes": "foreign",
} as const;

export const mediaChildren = {
  ...optional,
  "media:content": "mediaContent many",
  "media:group": "mediaGroup many",
};

const RATINGS: Readonly<Record<string, RegExp>> = {
  "urn:simple": /^(adult|nonadult)$/,
  "urn:mpaa": /^(g|m|nc-17|pg|pg-13|r|x)$/,
  "urn:v-chip": /^(tv-)?(14|g|ma|pg|y|y7|y7-fv)$/,
};
const HASHES: Readonly<Record<string, RegExp>> = { md5: /^[0-9a-f]{32}$/i, "sha-1": /^[0-9a-f]{40}$/i };

function checkRating(element: ElementNode, check: DocumentCheck): void {
  const scheme = attributeOf(element, "scheme") ?? "urn:simple";
  const form = Object.hasOwn(RATINGS, scheme) ? RATINGS[scheme] : undefined;
  if (form && !form.test(element.text.trim())) {
    new Spot(check, element).reject("media/rating", element.text, `which ${scheme} does not have`);
  }
}

function checkCredit(element: ElementNode, check: DocumentCheck): void {
  const role = attributeOf(element, "role");
  if (role === undefined || role === role.toLowerCase()) return;
  new Spot(check, element, "role").reject("media/credit-role", role, "which is not in lower case");
}

function checkHash(element: ElementNode, check: DocumentCheck): void {
  const form = HASHES[attributeOf(element, "algo") ?? "md5"];
  if (form && !form.test(element.text.trim())) {
    new Spot(check, element).reject("media/hash", element.text, "which is not a hash of that algorithm");
  }
}

function checkRestriction(element: ElementNode, check: DocumentCheck): void {
  const value = element.text.trim();
  const place = new Spot(check, element);
  if (value === "all" || value === "none") return;
  const type = attributeOf(element, "type");
  if (type === "country") checkCountries(value, place);
  else if (type === "uri")
    for (const address of value.split(/\s+/)) checkAddress(address, place, { absolute: true });
  else if (type === undefined) place.reject("media/restriction", value, "which is neither `all` nor `none`");
}

function checkText(element: ElementNode, check: DocumentCheck): void {
  if (attributeOf(element, "type") !== "html") return void checkPlain(element.text, new Spot(check, element));
  checkHtml(element.text, false, (code, index, message) =>
    check.findings.add(code, () => check.textOffset(element, index), message),
  );
}

function checkGroup(element: ElementNode, check: DocumentCheck): void {
  const contents = element.children.filter((child) => child.ns === element.ns && child.local === "content");
  if (contents.length < 2) {
    check.report(
      element,
      "media/group",
      `<${element.name}> has ${contents.length === 1 ? "one" : "no"} <media:content>.`,
    );
  }
}

export const mediaShapes: Readonly<Record<string, Shape>> = {
  mediaGroup: { children: { ...optional, "media:content": "mediaContent many" }, check: checkGroup },
  mediaContent: {
    attributes: {
      url: "url-attribute",
      fileSize: "positive-integer",
      type: "media-type",
      medium: "media-medium",
      isDefault: "boolean",
      expression: "media-expression",
      bitrate: "number",
      framerate: "number",
      samplingrate: "number",
      channels: "count",
      duration: "number",
      height: "positive-integer",
      width: "positive-integer",
      lang: "language",
    },
    children: optional,
  },
  mediaRating: { value: "any", attributes: { scheme: "rating-scheme" }, check: checkRating },
  mediaText: { value: "any", attributes: { type: "media-text-type" }, check: checkText },
  mediaTextTrack: {
    value: "any",
    attributes: { type: "media-text-type", lang: "language", start: "media-time", end: "media-time" },
    check: checkText,
  },
  mediaThumbnail: {
    attributes: {
      url: "url-attribute required",
      height: "positive-integer",
      width: "positive-integer",
      time: "media-time",
    },
  },
  mediaCategory: { value: "plain", attributes: { scheme: "url-attribute", label: "plain" } },
  mediaHash: { value: "any", attributes: { algo: "hash-algorithm" }, check: checkHash },
  mediaPlayer: {
    attributes: { url: "url-attribute required", height: "positive-integer", width: "positive-integer" },
  },
  mediaCredit: {
    value: "plain",
    attributes: { role: "plain", scheme: "url-attribute" },
    check: checkCredit,
  },
  mediaCopyright: { value: "plain", attributes: { url: "url-attribute" } },
  mediaRestriction: {
    value: "any",
    attributes: { relationship: "restriction-relation required", type: "restriction-type" },
    check: checkRestriction,
  },
};
