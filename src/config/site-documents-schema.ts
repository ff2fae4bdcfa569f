// In comes what the configuration says of documents about the whole site; out goes which of them are written, with every default filled in.
import * as v from "valibot";
import type { PageConfig, PageOptions } from "../model/config.ts";
import { flag, isRecord, leaf, section } from "./value-schemas.ts";

/** The keys of `feeds` that list the feeds or show them to people. */
export const feedListEntries = {
  opml: v.optional(flag, false),
  menu: v.optional(flag, false),
  links: v.optional(flag, false),
  stylesheet: v.optional(flag, true),
};

/** A file name below the output folder; the same form as an address below the site. */
function parsePagePath(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^[\w./~-]+\.html$/.test(input) || input.startsWith("/"))
    return undefined;
  return input.split("/").some((part) => part === "" || part === "." || part === "..") ? undefined : input;
}

const pageGroup = section({
  path: v.optional(
    leaf<string>(
      parsePagePath,
      'a path below the output folder that ends in .html, such as "subscribe.html"',
    ),
    "index.html",
  ),
  render: v.optional(
    leaf<NonNullable<PageOptions["render"]>>(
      (input) => (typeof input === "function" ? (input as NonNullable<PageOptions["render"]>) : undefined),
      "a function (data) => html",
    ),
  ),
});
const pageFlag = leaf<boolean, false | PageConfig>(
  (input) => (input === true ? { path: "index.html" } : input === false ? false : undefined),
  "true, false, or { path, render }",
);

/** The landing page: on unless the site says otherwise. */
export const pageSchema = v.lazy((input) => (isRecord(input) ? pageGroup : pageFlag)) as v.GenericSchema<
  boolean | PageOptions,
  false | PageConfig
>;

/** Documents that are off unless the site asks for them. */
export const siteDocumentEntries = {
  sitemap: v.optional(flag, false),
  headers: v.optional(flag, false),
  page: v.optional(pageSchema, true),
};
