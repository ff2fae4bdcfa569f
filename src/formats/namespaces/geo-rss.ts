// In comes an entry; out goes where its story takes place (georss.org, "GeoRSS Simple").
import type { CleanEntry } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";
import type { Json } from "./any/json-members.ts";

/** Latitude, space, longitude. */
export function geoPoint({ place }: CleanEntry): XmlElement[] {
  if (place === undefined) return [];
  const point = element("georss:point", `${place.latitude} ${place.longitude}`);
  return place.name === undefined ? [point] : [point, element("georss:featureName", place.name)];
}

export function geoMember({ place }: CleanEntry): Json | undefined {
  if (place === undefined) return undefined;
  const { latitude, longitude, name } = place;
  return { latitude, longitude, ...(name !== undefined && { name }) };
}
