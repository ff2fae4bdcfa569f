// In comes a value of a sitemap or a news sitemap; out go findings.
import type { ValueCheck } from "../rules/document-check.ts";
import { choice, pattern } from "./words.ts";

const checkPriority: ValueCheck = (value, place) => {
  const number = /^\d(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (!(number >= 0 && number <= 1))
    place.reject("sitemap/priority", value, "which is not a number from 0.0 to 1.0");
};

const checkNewsLanguage = pattern(
  "sitemap/news-language",
  /^([a-z]{2,3}|zh-cn|zh-tw)$/,
  "which is not an ISO 639 code",
);

export const sitemapValues = {
  priority: checkPriority,
  frequency: choice("sitemap/frequency", [
    "always",
    "hourly",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "never",
  ]),
  "news-language": checkNewsLanguage,
} satisfies Record<string, ValueCheck>;
