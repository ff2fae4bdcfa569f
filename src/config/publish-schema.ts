// In comes what `publish` says; out goes where to publish, how to prove it, whom to tell and what to refuse, with every default filled in.
import * as v from "valibot";
import type { PublishConfig, PublishTarget, ResolvedTarget, UserConfig } from "../model/config.ts";
import { count, isRecord, leaf, listOf, section } from "./value-schemas.ts";
import {
  parseBucket,
  parseDuration,
  parseGitBranch,
  parseGitRemote,
  parseHeaderValue,
  parseIndexNowKey,
  parsePath,
  parsePrefix,
  parseUrl,
} from "./values.ts";

const word = <const Word extends string>(name: Word) =>
  leaf<Word>((input) => (input === name ? name : undefined), `"${name}"`);
const url = (example: string) => leaf<string>(parseUrl, `an absolute http(s) URL such as "${example}"`);
const flag = leaf<boolean>((input) => (typeof input === "boolean" ? input : undefined), "true or false");
const duration = (such: string) => leaf<string, number>(parseDuration, `a time such as "90s" or "${such}"`);
const prefix = v.optional(leaf<string>(parsePrefix, 'a folder inside the target, such as "blog/"'), "");

const targets: Readonly<Record<string, v.GenericSchema<unknown, unknown>>> = {
  directory: section({
    type: word("directory"),
    path: leaf<string>(parsePath, 'a folder, such as "../site/public"'),
  }),
  git: section({
    type: word("git"),
    remote: v.optional(
      leaf<string>(
        parseGitRemote,
        'an https or ssh URL without a password, a path, or the name of a remote such as "origin"; tokens come from the environment',
      ),
      "origin",
    ),
    branch: leaf<string>(parseGitBranch, 'the name of a branch, such as "gh-pages"'),
    prefix,
  }),
  s3: section({
    type: word("s3"),
    bucket: leaf<string>(parseBucket, 'the name of a bucket, such as "example-feeds"'),
    region: v.optional(
      leaf<string>(
        (input) => (typeof input === "string" && /^[a-z0-9-]{2,40}$/.test(input) ? input : undefined),
        'a region such as "ap-southeast-1", or "auto"',
      ),
      "us-east-1",
    ),
    endpoint: v.optional(url("https://s3.example.org/")),
    prefix,
    cacheControl: v.optional(
      leaf<string>(parseHeaderValue, 'a value such as "public, max-age=900"'),
      "public, max-age=900",
    ),
  }),
  command: v.pipe(
    section({
      type: word("command"),
      run: v.pipe(
        listOf(
          leaf<string>(
            (input) => (typeof input === "string" && !input.includes("\u0000") ? input : undefined),
            "text without NUL",
          ),
          'a program and its arguments, such as ["rsync", "-a", "…"]',
        ),
        v.check((list) => (list[0] ?? "") !== "", "at least the name of a program"),
      ),
      timeout: v.optional(duration("10m"), "10m"),
      remember: v.optional(flag, false),
    }),
    v.transform(({ timeout, ...rest }) => ({ ...rest, timeoutMs: timeout })),
  ),
};

const noTarget = v.custom<never>(
  () => false,
  'a target such as { type: "git", branch: "gh-pages" }; types are "directory", "git", "s3" and "command"',
);

/** Each type has keys of its own; a wrong `type` is told with all of them. */
const target = v.lazy(
  (input) =>
    (isRecord(input) && Object.hasOwn(targets, String(input.type))
      ? targets[String(input.type)]
      : undefined) ?? noTarget,
) as unknown as v.GenericSchema<PublishTarget, ResolvedTarget>;

type Verify = NonNullable<NonNullable<UserConfig["publish"]>["verify"]>;
const verifyGroup = v.pipe(
  section({ timeout: v.optional(duration("5m"), "5m") }),
  v.transform(({ timeout }) => ({ timeoutMs: timeout })),
);
const verify = v.lazy((input) =>
  input === false ? v.literal(false) : verifyGroup,
) as unknown as v.GenericSchema<Verify, PublishConfig["verify"]>;

export const publishSchema = section({
  target: v.optional(target),
  verify: v.optional(verify, {}),
  indexnow: v.optional(
    section({
      key: leaf<string>(parseIndexNowKey, "8 to 128 letters, digits and dashes"),
      endpoint: v.optional(url("https://api.indexnow.org/indexnow"), "https://api.indexnow.org/indexnow"),
    }),
  ),
  rsscloud: v.optional(section({ ping: url("http://rpc.rsscloud.io:5337/rssCloud/ping") })),
  guard: v.optional(
    section({
      maxNew: v.optional(count(100_000, 50), 50),
      maxBytes: v.optional(count(1_000_000_000, 2_097_152), 2_097_152),
      maxRemoved: v.optional(count(1_000_000, 256), 256),
    }),
    {},
  ),
});
