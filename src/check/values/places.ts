// In comes a value that is to be a place (GeoRSS Simple, W3C geo); out go findings.
import type { ValueCheck } from "../rules/document-check.ts";

function degrees(limit: number): ValueCheck {
  return (value, place) => {
    const number = /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (!(Math.abs(number) <= limit)) {
      place.reject("value/coordinate", value, `which is not a number of degrees from -${limit} to ${limit}`);
    }
  };
}

/** Pairs of latitude and longitude (GeoRSS Simple), `least` pairs or more. */
function pairs(least: number, most: number): ValueCheck {
  return (value, place) => {
    const numbers = value.trim().split(/[\s,]+/);
    if (value.includes(",")) place.reject("value/coordinate-comma", value, "with commas");
    const sound = numbers.every(
      (text, index) =>
        /^[+-]?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= (index % 2 === 0 ? 90 : 180),
    );
    const count = numbers.length / 2;
    if (!sound || !Number.isInteger(count) || count < least || count > most) {
      place.reject("value/coordinate", value, "which is not a list of latitude and longitude");
    }
  };
}

export const placeValues = {
  latitude: degrees(90),
  longitude: degrees(180),
  point: pairs(1, 1),
  line: pairs(2, 10_000),
  polygon: pairs(4, 10_000),
  box: pairs(2, 2),
} satisfies Record<string, ValueCheck>;
