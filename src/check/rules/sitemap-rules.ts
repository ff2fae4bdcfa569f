// Out goes the group of rules about sitemaps and news sitemaps.
import { rule, specs } from "./rule.ts";

export const sitemapRules = {
  "sitemap/too-many": rule(
    "error",
    "More than 50,000 addresses",
    "Search engines reject the file.",
    "Split it and add a sitemap index.",
    specs.sitemap,
  ),
  "sitemap/too-large": rule(
    "error",
    "A sitemap larger than 50 MB",
    "Search engines reject the file.",
    "Split it and add a sitemap index.",
    specs.sitemap,
  ),
  "sitemap/priority": rule(
    "error",
    "Not a priority",
    "Search engines ignore it.",
    "Write 0.0 to 1.0, or leave it out.",
    specs.sitemap,
  ),
  "sitemap/frequency": rule(
    "error",
    "Not a change frequency",
    "Search engines ignore it.",
    "Write `always`, `hourly`, `daily`, `weekly`, `monthly`, `yearly` or `never`.",
    specs.sitemap,
  ),
  "sitemap/repeated": rule(
    "warning",
    "One address twice",
    "Search engines read it once.",
    "Keep one.",
    specs.sitemap,
  ),
  "sitemap/host": rule(
    "warning",
    "Addresses of several hosts",
    "Search engines accept addresses of the sitemap's own host only.",
    "Make one sitemap for each host.",
    specs.sitemap,
  ),
  "sitemap/news-too-many": rule(
    "error",
    "More than 1,000 news articles",
    "Google reads 1,000 of a file.",
    "Split it and add a sitemap index.",
    specs.news,
  ),
  "sitemap/news-old": rule(
    "warning",
    "An article older than two days",
    "Google News takes articles of the last two days only.",
    "Drop the address or its `news:news`.",
    specs.news,
  ),
  "sitemap/news-language": rule(
    "error",
    "Not a language that Google News takes",
    "Google rejects the article.",
    "Write an ISO 639 code such as `en`, or `zh-cn` or `zh-tw`.",
    specs.news,
  ),
  "sitemap/news-name": rule(
    "warning",
    "A publication name with parentheses",
    "It has to be the name as it appears on news.google.com, without anything in parentheses.",
    "Leave the parentheses out.",
    specs.news,
  ),
};
