// In comes what `check` says; out go severities, ignores with their reasons and consumers, with every default filled in.
import * as v from "valibot";
import type { CheckProfile, CheckSeverity } from "../model/config.ts";
import { leaf, listOf, oneOf, recordOf, section, text } from "./value-schemas.ts";

const code = leaf<string>(
  (input) => (typeof input === "string" && /^[a-z]+(-[a-z]+)*\/[a-z0-9-]+$/.test(input) ? input : undefined),
  'a code such as "html/relative"; feedwright explain lists them',
);

/** Whether a code exists is for `check` to say: it knows them all. */
export const checkSchema = section({
  severity: v.optional(
    recordOf(
      oneOf<CheckSeverity>(["off", "hint", "warning", "error"]),
      'severities by code, such as { "html/relative": "error" }',
    ),
    {},
  ),
  ignore: v.optional(
    listOf(
      section({
        code,
        file: text('a path or a glob such as "posts/2019/**"'),
        reason: text('why, such as "imported from the old site"'),
      }),
      'a list such as [{ code: "html/relative", file: "posts/old.md", reason: "imported" }]',
    ),
    [],
  ),
  profiles: v.optional(
    listOf(
      oneOf<CheckProfile>(["google", "msn", "flipboard", "smartnews", "apple-podcasts"]),
      'a list of consumers such as ["google"]',
    ),
    [],
  ),
});
