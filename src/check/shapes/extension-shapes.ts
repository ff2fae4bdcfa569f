// Elements of other vocabularies that a feed or its entries may hold.
import type { ElementNode } from "../parse/xml-tree.ts";
import type { DocumentCheck } from "../rules/document-check.ts";
import { attributeUnknown, elementMissing } from "../rules/elements.ts";
import { invalidUrl } from "../values/addresses.ts";
import { mediaChildren, mediaShapes } from "./media-shapes.ts";
import {
  itunesOfEntry,
  itunesOfFeed,
  itunesShapes,
  podcastOfEntry,
  podcastOfFeed,
  podcastShapes,
} from "./podcast-shapes.ts";
import type { Shape } from "./shape.ts";

type Children = Readonly<Record<string, string>>;

export const dublinCoreChildren: Children = {
  "dc:title": "plain many",
  "dc:creator": "plain many",
  "dc:subject": "plain many",
  "dc:description": "any many",
  "dc:publisher": "plain many",
  "dc:contributor": "plain many",
  "dc:date": "w3c-date",
  "dc:type": "any many",
  "dc:format": "any many",
  "dc:identifier": "any many",
  "dc:source": "any many",
  "dc:language": "language",
  "dc:relation": "any many",
  "dc:coverage": "any many",
  "dc:rights": "plain many",
};

const dublinTerms: Children = {
  "dcterms:created": "w3c-date",
  "dcterms:issued": "w3c-date",
  "dcterms:modified": "w3c-date",
  "dcterms:dateAccepted": "any",
  "dcterms:dateCopyrighted": "any",
  "dcterms:dateSubmitted": "any",
  "dcterms:alternative": "any many",
  "dcterms:abstract": "any many",
  "dcterms:valid": "any",
};

const places: Children = {
  "geo:lat": "latitude",
  "geo:long": "longitude",
  "icbm:latitude": "latitude",
  "icbm:longitude": "longitude",
  "georss:where": "georssWhere",
  "georss:point": "point many",
  "georss:line": "line many",
  "georss:polygon": "polygon many",
  "georss:box": "box many",
  "georss:featureTypeTag": "any",
  "georss:relationshipTag": "any",
  "georss:featureName": "any",
  "georss:elev": "number",
  "georss:floor": "integer",
  "georss:radius": "number",
};

const licences: Children = {
  "creativeCommons:license": "url many",
  "cc:license": "rdfResource many",
};

/** Vocabularies that these tables list in full. */
export const closedExtensions: ReadonlySet<string> = new Set(
  "admin blogChannel content creativeCommons dc ev fh georss icbm itunes media slash sy thr trackback wfw".split(
    " ",
  ),
);

/** In the channel or feed. */
export const extensionsOfFeed: Children = {
  ...dublinCoreChildren,
  ...dublinTerms,
  ...places,
  ...licences,
  ...mediaChildren,
  ...itunesOfFeed,
  ...podcastOfFeed,
  "admin:generatorAgent": "rdfResource",
  "admin:errorReportsTo": "rdfResource",
  "sy:updatePeriod": "update-period",
  "sy:updateFrequency": "positive-integer nonblank",
  "sy:updateBase": "w3c-date",
  "blogChannel:blogRoll": "url",
  "blogChannel:mySubscriptions": "url",
  "blogChannel:blink": "url",
  "blogChannel:changes": "url",
  "fh:archive": "empty",
  "fh:complete": "empty",
  "feedburner:browserFriendly": "plain",
  "feedburner:emailServiceId": "count",
  "feedburner:feedburnerHostname": "url",
  "feedburner:feedFlare": "feedFlare many",
  "feedburner:awareness": "url",
  "feedburner:info": "feedburnerInfo",
  "feedburner:entryContentType": "any",
  "cf:listinfo": "foreign",
  "cf:treatAs": "any",
  "cp:server": "rdfResource",
  "opensearch:totalResults": "count",
  "opensearch:startIndex": "count",
  "opensearch:itemsPerPage": "count",
  "opensearch:Query": "foreign many",
  "source:markdown": "any",
};

/** In an item or entry. */
export const extensionsOfEntry: Children = {
  ...dublinCoreChildren,
  ...dublinTerms,
  ...places,
  ...licences,
  ...mediaChildren,
  ...itunesOfEntry,
  ...podcastOfEntry,
  "slash:section": "plain",
  "slash:department": "plain",
  "slash:comments": "count",
  "slash:hit_parade": "integer-list",
  "wfw:comment": "url",
  "wfw:commentRss": "url",
  "wfw:commentRSS": "url",
  "trackback:ping": "trackback",
  "trackback:about": "trackback many",
  "ag:source": "any",
  "ag:sourceURL": "url",
  "ag:timestamp": "event-date",
  "annotate:reference": "rdfResource",
  "l:permalink": "permalink",
  "wiki:diff": "url",
  "wiki:history": "url",
  "wiki:importance": "wiki-importance",
  "wiki:status": "wiki-status",
  "wiki:version": "any",
  "wiki:interwiki": "foreign",
  "pingback:server": "url",
  "pingback:target": "url",
  "ev:startdate": "event-date",
  "ev:enddate": "event-date",
  "ev:location": "any",
  "ev:organizer": "any",
  "ev:type": "any",
  "thr:in-reply-to": "inReplyTo many",
  "thr:total": "count",
  "feedburner:awareness": "url",
  "feedburner:origLink": "url",
  "feedburner:origEnclosureLink": "url",
  "source:markdown": "any",
};

/** RSS 2.0 has the address as text; `rdf:resource` is for RSS 1.0. */
function checkTrackback(element: ElementNode, document: DocumentCheck): void {
  let root = element;
  while (root.parent) root = root.parent;
  if (root.local !== "rss" || element.text.trim() !== "") return;
  document.at(element).reject(invalidUrl, element.text, "which is not an absolute address");
  const resource = element.attributes.find(({ local }) => local === "resource");
  if (resource) {
    document.report(
      element,
      attributeUnknown,
      `<${element.name}> has no attribute "${resource.name}" in RSS 2.0.`,
    );
  }
}

/** The part of GML that GeoRSS uses. */
const geometryAttributes = { srsName: "any", srsDimension: "any" } as const;

const geometryShapes: Readonly<Record<string, Shape>> = {
  georssWhere: {
    attributes: {
      featuretypetag: "any",
      relationshiptag: "any",
      featurename: "any",
      elev: "any",
      floor: "any",
    },
    children: {
      "gml:Point": "gmlPoint many",
      "gml:LineString": "gmlLine many",
      "gml:Polygon": "gmlPolygon many",
      "gml:Envelope": "gmlEnvelope many",
      "gml:CircleByCenterPoint": "foreign",
      "gml:MultiPoint": "foreign",
    },
  },
  gmlPoint: {
    attributes: geometryAttributes,
    children: { "gml:pos": "point" },
    required: { "gml:pos": elementMissing },
  },
  gmlLine: { attributes: geometryAttributes, children: { "gml:posList": "line", "gml:pos": "point many" } },
  gmlPolygon: {
    attributes: geometryAttributes,
    children: { "gml:exterior": "gmlExterior", "gml:interior": "gmlExterior many" },
  },
  gmlExterior: { children: { "gml:LinearRing": "gmlRing" } },
  gmlRing: { children: { "gml:posList": "polygon", "gml:pos": "point many" } },
  gmlEnvelope: {
    attributes: geometryAttributes,
    children: { "gml:lowerCorner": "point", "gml:upperCorner": "point" },
  },
};

/** The shapes that the tables above name. */
export const extensionShapes: Readonly<Record<string, Shape>> = {
  ...mediaShapes,
  ...itunesShapes,
  ...podcastShapes,
  ...geometryShapes,
  foreign: { opaque: true },
  empty: {},
  rdfResource: { value: "any", attributes: { "rdf:resource": "url-attribute required" } },
  permalink: {
    value: "any",
    attributes: { "l:type": "media-type", "l:rel": "any", "rdf:resource": "url-attribute" },
  },
  trackback: { value: "resource", attributes: { "rdf:resource": "url-attribute" }, check: checkTrackback },
  feedFlare: { value: "plain", attributes: { href: "url-attribute", src: "reference-attribute" } },
  feedburnerInfo: { attributes: { uri: "any" } },
  inReplyTo: {
    attributes: {
      ref: "url-attribute required",
      href: "reference-attribute",
      source: "url-attribute",
      type: "media-type",
    },
    children: {},
  },
};
