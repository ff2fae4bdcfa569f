import type { Place } from "../../model/post.ts";
import { fieldOf, lineOf, present } from "../input/read-values.ts";
import { element, optional } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** Where a story takes place (georss.org, "GeoRSS Simple"): latitude, space, longitude, in degrees. */
export const geoRss = defineNamespace({
  prefix: "georss",
  entry: ({ of }) => {
    const place = cleanPlace(of("place"));
    if (place === undefined) return [];
    const { latitude, longitude, name } = place;
    return [element("georss:point", `${latitude} ${longitude}`), ...optional("georss:featureName", name)];
  },
  members: ({ of }) => {
    const place = cleanPlace(of("place"));
    return { _geo: place && { ...place } };
  },
});

/** A place with both coordinates within the bounds of the earth. */
function cleanPlace(value: unknown): Place | undefined {
  if (value === undefined) return undefined;
  const [latitude, longitude] = [fieldOf(value, "latitude"), fieldOf(value, "longitude")];
  if (typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  const name = present(lineOf(fieldOf(value, "name")));
  return { latitude, longitude, ...(name !== undefined && { name }) };
}
