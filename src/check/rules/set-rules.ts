// Out goes the group of rules about documents that belong together, and what they were before.
import { rule, specs } from "./rule.ts";

export const setRules = {
  "set/id-shared": rule(
    "error",
    "One id for two entries",
    "Thunderbird and others keep one of the two.",
    "Give each entry an id of its own.",
    specs.atom,
  ),
  "set/id-changed": rule(
    "error",
    "An entry under another id than before",
    "Every subscriber would see it as new again.",
    "Keep the old id: write it into the post as `id:`.",
    specs.atom,
  ),
  "set/self": rule(
    "error",
    "A self link that is not the document's address",
    "FreshRSS moves subscriptions to the self address; WebSub notifies that one only.",
    "Correct `site.url`, or the place of the document.",
    specs.atom,
  ),
  "set/size": rule(
    "warning",
    "A document larger than readers like",
    "Feedbin stops at 10 MiB, Miniflux at 15 MB; phones fetch the whole file each time.",
    "Lower `feeds.limit`, or write summaries.",
    specs.json,
  ),
  "set/future": rule(
    "warning",
    "An entry from the future",
    "Readers keep it on top until its day, or show a wrong date.",
    "Publish it when it is due.",
    specs.profile,
  ),
  "set/formats-differ": rule(
    "warning",
    "The formats of one feed hold different entries",
    "Who changes the format sees entries again or misses some.",
    "Build all formats from the same posts.",
    specs.profile,
  ),
};
