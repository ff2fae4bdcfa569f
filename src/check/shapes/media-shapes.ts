// Media RSS 1.5.1.
import { checkHtml } from "../parse/html.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import type { DocumentCheck } from "../rules/document-check.ts";
import { defineRule, ruleFor } from "../rules/rule.ts";
import { specs } from "../rules/specs.ts";
import { checkAddress } from "../values/addresses.ts";
import { checkCountries, invalidMediaHash, invalidMediaRestriction } from "../values/media-values.ts";
import { checkPlain } from "../values/text.ts";
import type { Shape } from "./shape.ts";

/** Allowed in an item, a channel, a group and a content. */
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

const ratings: Readonly<Record<string, RegExp>> = {
  "urn:simple": /^(adult|nonadult)$/,
  "urn:mpaa": /^(g|m|nc-17|pg|pg-13|r|x)$/,
  "urn:v-chip": /^(tv-)?(14|g|ma|pg|y|y7|y7-fv)$/,
};
const hashes: Readonly<Record<string, RegExp>> = { md5: /^[0-9a-f]{32}$/i, "sha-1": /^[0-9a-f]{40}$/i };

const ratingRule = defineRule("media/rating", {
  severity: "error",
  title: "A rating its scheme does not have",
  why: "Readers ignore the value.",
  fix: "Write a value of the scheme, such as `nonadult` for `urn:simple`.",
  spec: specs.media,
  check(rating, document) {
    const scheme = attributeOf(rating, "scheme") ?? "urn:simple";
    const form = Object.hasOwn(ratings, scheme) ? ratings[scheme] : undefined;
    if (form && !form.test(rating.text.trim()))
      document.at(rating).reject(this, rating.text, `which ${scheme} does not have`);
  },
});

const roleRule = defineRule("media/credit-role", {
  severity: "error",
  title: "A credit role that is not in lower case",
  why: "Readers ignore the value.",
  fix: "Write the role in lower case.",
  spec: specs.media,
  check(credit, document) {
    const role = attributeOf(credit, "role");
    if (role !== undefined && role !== role.toLowerCase())
      document.at(credit, "role").reject(this, role, "which is not in lower case");
  },
});

const hashRule = ruleFor(invalidMediaHash, function (hash, document) {
  const form = hashes[attributeOf(hash, "algo") ?? "md5"];
  if (form && !form.test(hash.text.trim()))
    document.at(hash).reject(this, hash.text, "which is not a hash of that algorithm");
});

const groupRule = defineRule("media/group", {
  severity: "error",
  title: "A media:group without alternatives",
  why: "A group is for several versions of one object.",
  fix: "Put a single `media:content` directly into the item.",
  spec: specs.media,
  check(group, document) {
    const { length } = group.children.filter(({ ns, local }) => ns === group.ns && local === "content");
    if (length < 2)
      document.report(group, this, `<${group.name}> has ${length === 1 ? "one" : "no"} <media:content>.`);
  },
});

function checkRestriction(element: ElementNode, document: DocumentCheck): void {
  const value = element.text.trim();
  const spot = document.at(element);
  if (value === "all" || value === "none") return;
  const type = attributeOf(element, "type");
  if (type === "country") checkCountries(value, spot);
  else if (type === "uri")
    for (const address of value.split(/\s+/)) checkAddress(address, spot, { absolute: true });
  else if (type === undefined)
    spot.reject(invalidMediaRestriction, value, "which is neither `all` nor `none`");
}

function checkText(element: ElementNode, document: DocumentCheck): void {
  if (attributeOf(element, "type") !== "html") return void checkPlain(element.text, document.at(element));
  checkHtml(element.text, false, document.inTextOf(element));
}

export const mediaShapes: Readonly<Record<string, Shape>> = {
  mediaGroup: { children: { ...optional, "media:content": "mediaContent many" }, rules: [groupRule] },
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
  mediaRating: { value: "any", attributes: { scheme: "rating-scheme" }, rules: [ratingRule] },
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
  mediaHash: { value: "any", attributes: { algo: "hash-algorithm" }, rules: [hashRule] },
  mediaPlayer: {
    attributes: { url: "url-attribute required", height: "positive-integer", width: "positive-integer" },
  },
  mediaCredit: {
    value: "plain",
    attributes: { role: "plain", scheme: "url-attribute" },
    rules: [roleRule],
  },
  mediaCopyright: { value: "plain", attributes: { url: "url-attribute" } },
  mediaRestriction: {
    value: "any",
    attributes: { relationship: "restriction-relation required", type: "restriction-type" },
    check: checkRestriction,
  },
};
