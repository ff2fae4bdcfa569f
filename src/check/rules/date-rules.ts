// Out goes the group of rules about dates: RFC 822, RFC 3339 and the W3C note.
import { rule, specs } from "./rule.ts";

export const dateRules = {
  "value/rss-date": rule(
    "error",
    "Not an RFC 822 date",
    "Readers that cannot read the date sort the entry to the top, to the bottom, or drop it.",
    "Write `Wed, 02 Oct 2002 08:00:00 GMT`.",
    `${specs.profile}#data-types-datetime`,
    ["InvalidRFC2822Date"],
  ),
  "value/rss-date-problematic": rule(
    "warning",
    "A date that readers understand differently",
    "Two-digit years, military zones and unusual offsets are read in different ways.",
    "Write four digits for the year and `GMT` or `+hhmm` for the zone.",
    `${specs.profile}#data-types-datetime`,
    ["ProblematicalRFC822Date"],
  ),
  "value/weekday": rule(
    "error",
    "The weekday does not fit the date",
    "Either the day or the date is wrong; strict readers reject it.",
    "Write the right weekday or none.",
    "https://www.rfc-editor.org/rfc/rfc5322#section-3.3",
    ["IncorrectDOW"],
  ),
  "value/date-implausible": rule(
    "warning",
    "A date far off",
    "Dates in the future or long before the web keep an entry on top for ever or hide it.",
    "Write the date of publication.",
    `${specs.profile}#data-types-datetime`,
    ["ImplausibleDate"],
  ),
  "value/atom-date": rule(
    "error",
    "Not an RFC 3339 date",
    "Readers that cannot read the date sort the entry wrongly or drop it.",
    "Write `2026-11-23T08:30:00Z` or `2026-11-23T15:30:00+07:00`, with upper-case T and Z.",
    "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    ["InvalidRFC3339Date"],
  ),
  "value/w3c-date": rule(
    "error",
    "Not a W3C date",
    "Readers that cannot read the date ignore it.",
    "Write `2026-11-23` or `2026-11-23T08:30:00Z`; a time needs a zone.",
    "https://www.w3.org/TR/NOTE-datetime",
    ["InvalidW3CDTFDate", "InvalidISO8601Date", "InvalidISO8601DateTime", "W3CDTFDateNoTimezone"],
  ),
};
