// In come milliseconds since the epoch, within the years 1970 to 9999; out go dates as feeds write them, in UTC.

/** RFC 822 with a four-digit year, as RSS 2.0 wants it: `Wed, 02 Oct 2002 08:00:00 GMT`. */
export function rfc822(instant: number): string {
  return new Date(instant).toUTCString();
}

/** RFC 3339; milliseconds are written only where there are any. */
export function rfc3339(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
