// GeoRSS Simple and W3C geo.
import { defineProblem } from "../../model/problem.ts";
import type { ValueCheck } from "../rules/document-check.ts";

const invalidCoordinate = defineProblem("value/coordinate", {
  severity: "error",
  title: "Not a place on Earth",
  why: "Readers ignore the place.",
  fix: "Write latitude from -90 to 90 and longitude from -180 to 180, in degrees with a point.",
  spec: "https://www.ogc.org/standard/georss/",
});

function degrees(limit: number): ValueCheck {
  return (value, spot) => {
    const number = /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (!(Math.abs(number) <= limit)) {
      spot.reject(invalidCoordinate, value, `which is not a number of degrees from -${limit} to ${limit}`);
    }
  };
}

const commaInCoordinates = defineProblem("value/coordinate-comma", {
  severity: "warning",
  title: "Commas between coordinates",
  why: "GeoRSS separates them with spaces; readers that split at spaces fail.",
  fix: "Write `45.256 -110.45`.",
  spec: "https://www.ogc.org/standard/georss/",
});

/** Pairs of latitude and longitude (GeoRSS Simple), `least` pairs or more. */
function pairs(least: number, most: number): ValueCheck {
  return (value, spot) => {
    const numbers = value.trim().split(/[\s,]+/);
    if (value.includes(",")) spot.reject(commaInCoordinates, value, "with commas");
    const sound = numbers.every(
      (text, index) =>
        /^[+-]?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= (index % 2 === 0 ? 90 : 180),
    );
    const count = numbers.length / 2;
    if (!sound || !Number.isInteger(count) || count < least || count > most) {
      spot.reject(invalidCoordinate, value, "which is not a list of latitude and longitude");
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
