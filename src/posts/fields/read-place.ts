import type { Mutable, Post } from "../../model/post.ts";
import {
  isMapping,
  isSequence,
  type Mapping,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { cleanLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext } from "./collect-fields.ts";

const latitudeKeys = ["lat", "latitude"];
const longitudeKeys = ["lon", "lng", "long", "longitude"];

/** Reads `geo` (`[lat, lon]`, `"lat, lon"`, a mapping) and `location`, which on many sites is only a name. */
export function readPlace(context: FieldContext, post: Mutable<Post>): void {
  const { geo, location } = context.fields;
  if (geo === undefined && location === undefined) return;
  const named = location && (valueText(location.value) ?? textIn(location.value, ["name", "title"]));
  const name = location && named !== undefined ? cleanLine(context, location.path, named) : undefined;
  const inGeo = geo && parsePoint(geo.value);
  if (geo && inGeo === undefined)
    reportIgnored(
      context,
      geo.path,
      geo.value,
      "it is not a point",
      "Write geo: [-6.2, 106.8] in degrees, the latitude first.",
    );
  const point = inGeo ?? (location && isMapping(location.value) ? parsePoint(location.value) : undefined);
  if (point === undefined) return;
  const own = geo && textIn(geo.value, ["name", "title"]);
  const shown = own !== undefined && geo ? cleanLine(context, geo.path, own) : name;
  post.place = { ...point, ...(shown !== undefined && shown !== "" && { name: shown }) };
}

/** Latitude and longitude; undefined for anything else, and beyond the poles or the date line. */
function parsePoint(value: Value): { latitude: number; longitude: number } | undefined {
  const parts = pointParts(value);
  const [latitude, longitude] = parts.map((part) =>
    part !== undefined && /^[-+]?\d{1,3}(?:\.\d{1,12})?$/.test(part.trim()) ? Number(part) : Number.NaN,
  );
  if (parts.length !== 2 || latitude === undefined || longitude === undefined) return undefined;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

function pointParts(value: Value): (string | undefined)[] {
  if (isMapping(value)) {
    const inner = value.get("geo") ?? value.get("coordinates");
    if (inner !== undefined && !isMapping(inner)) return pointParts(inner);
    return [pickText(value, latitudeKeys), pickText(value, longitudeKeys)];
  }
  if (isSequence(value)) return value.map((part) => valueText(part));
  const text = (valueText(value) ?? "").replace(/^geo:/i, "");
  return text.trim().split(/\s*[,;]\s*|\s+/);
}

function pickText(table: Mapping, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = valueText(table.get(key));
    if (text !== undefined) return text;
  }
  return undefined;
}

function textIn(value: Value, keys: readonly string[]): string | undefined {
  return isMapping(value) ? pickText(value, keys) : undefined;
}
