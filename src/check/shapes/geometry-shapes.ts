// Out goes the part of GML that GeoRSS uses, as a table.
import type { Shape } from "./shape-table.ts";

const name = { srsName: "any", srsDimension: "any" } as const;

export const geometryShapes: Readonly<Record<string, Shape>> = {
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
    attributes: name,
    children: { "gml:pos": "point" },
    required: { "gml:pos": "element/missing" },
  },
  gmlLine: { attributes: name, children: { "gml:posList": "line", "gml:pos": "point many" } },
  gmlPolygon: {
    attributes: name,
    children: { "gml:exterior": "gmlExterior", "gml:interior": "gmlExterior many" },
  },
  gmlExterior: { children: { "gml:LinearRing": "gmlRing" } },
  gmlRing: { children: { "gml:posList": "polygon", "gml:pos": "point many" } },
  gmlEnvelope: { attributes: name, children: { "gml:lowerCorner": "point", "gml:upperCorner": "point" } },
};
