import { defineProblem } from "../../model/problem.ts";
import type { ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";
import { choice, pattern } from "./words.ts";

const wrongPriority = defineProblem("sitemap/priority", {
  severity: "error",
  title: "Not a priority",
  why: "Search engines ignore it.",
  fix: "Write 0.0 to 1.0, or leave it out.",
  spec: specs.sitemap,
});

const wrongNewsLanguage = defineProblem("sitemap/news-language", {
  severity: "error",
  title: "Not a language that Google News takes",
  why: "Google rejects the article.",
  fix: "Write an ISO 639 code such as `en`, or `zh-cn` or `zh-tw`.",
  spec: specs.news,
});

const wrongFrequency = defineProblem("sitemap/frequency", {
  severity: "error",
  title: "Not a change frequency",
  why: "Search engines ignore it.",
  fix: "Write `always`, `hourly`, `daily`, `weekly`, `monthly`, `yearly` or `never`.",
  spec: specs.sitemap,
});

export const sitemapValues = {
  priority: pattern(wrongPriority, /^(0(\.\d+)?|1(\.0+)?)$/, "which is not a number from 0.0 to 1.0"),
  frequency: choice(wrongFrequency, ["always", "hourly", "daily", "weekly", "monthly", "yearly", "never"]),
  "news-language": pattern(wrongNewsLanguage, /^([a-z]{2,3}|zh-cn|zh-tw)$/, "which is not an ISO 639 code"),
} satisfies Record<string, ValueCheck>;
