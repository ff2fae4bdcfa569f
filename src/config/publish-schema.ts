import * as v from "valibot";
import type { PublishTarget, ResolvedTarget } from "../model/config.ts";
import { count, flag, isRecord, leaf, listOf, matching, refuseWith, section, url } from "./value-schemas.ts";
import {
  parseCommitAuthor,
  parseDuration,
  parseGitBranch,
  parseGitRemote,
  parsePath,
  parsePrefix,
} from "./values.ts";

const word = <const Word extends string>(name: Word) =>
  leaf<Word>((input) => (input === name ? name : undefined), `"${name}"`);
const duration = (such: string) => leaf<string, number>(parseDuration, `a time such as "90s" or "${such}"`);
const prefix = v.optional(leaf<string>(parsePrefix, 'a folder inside the target, such as "blog/"'), "");

const targets = {
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
    author: v.optional(
      leaf<string, { name: string; email: string }>(
        parseCommitAuthor,
        'a name with an address, such as "Kabar Pesisir <feeds@kabarpesisir.example>"',
      ),
    ),
    message: v.optional(matching(/^[^\u0000-\u001f\u007f]{1,200}$/, "one line of text")),
  }),
  s3: section({
    type: word("s3"),
    bucket: matching(
      /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/,
      'the name of a bucket, such as "example-feeds"',
    ),
    region: v.optional(
      matching(/^[a-z0-9-]{2,40}$/, 'a region such as "ap-southeast-1", or "auto"'),
      "us-east-1",
    ),
    endpoint: v.optional(url("https://s3.example.org/")),
    prefix,
    cacheControl: v.optional(
      matching(/^[\x21-\x7e][\x20-\x7e]{0,200}$/, 'a value such as "public, max-age=900"'),
      "public, max-age=900",
    ),
  }),
  command: v.pipe(
    section({
      type: word("command"),
      run: v.pipe(
        listOf(
          matching(/^[^\0]*$/, "text without NUL"),
          'a program and its arguments, such as ["rsync", "-a", "…"]',
        ),
        v.check((list) => (list[0] ?? "") !== "", "at least the name of a program"),
      ),
      timeout: v.optional(duration("10m"), "10m"),
      remember: v.optional(flag, false),
    }),
    v.transform(({ timeout, ...rest }) => ({ ...rest, timeoutMs: timeout })),
  ),
} satisfies {
  [Type in PublishTarget["type"]]: v.GenericSchema<
    Extract<PublishTarget, { type: Type }>,
    Extract<ResolvedTarget, { type: Type }>
  >;
};

const noTarget = refuseWith(
  `a target such as { type: "git", branch: "gh-pages" }; types are "directory", "git", "s3" and "command"`,
);

/** Each type has its own keys; for an unknown type the message lists the types. */
const target = v.lazy((input) => {
  const type = isRecord(input) ? String(input.type) : "";
  return Object.hasOwn(targets, type) ? targets[type as keyof typeof targets] : noTarget;
}) as v.GenericSchema<PublishTarget, ResolvedTarget>;

const verifyGroup = v.pipe(
  section({ timeout: v.optional(duration("5m"), "5m") }),
  v.transform(({ timeout }) => ({ timeoutMs: timeout })),
);
const verify = v.lazy((input) => (input === false ? v.literal(false) : verifyGroup)) as v.GenericSchema<
  false | v.InferInput<typeof verifyGroup>,
  false | v.InferOutput<typeof verifyGroup>
>;

export const publishSchema = section({
  target: v.optional(target),
  verify: v.optional(verify, {}),
  indexnow: v.optional(
    section({
      key: matching(/^[A-Za-z0-9-]{8,128}$/, "8 to 128 letters, digits and dashes"),
      endpoint: v.optional(url("https://api.indexnow.org/indexnow"), "https://api.indexnow.org/indexnow"),
    }),
  ),
  rsscloud: v.optional(section({ ping: url("http://rpc.rsscloud.io:5337/rssCloud/ping") })),
  guard: v.optional(
    section({
      maxNew: v.optional(count(100_000, 50)),
      maxBytes: v.optional(count(1_000_000_000, 2_097_152), 2_097_152),
      maxRemoved: v.optional(count(1_000_000, 256), 256),
    }),
    {},
  ),
});
