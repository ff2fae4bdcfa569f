// Out goes the group of rules about what single consumers ask for.
import { rule, specs } from "./rule.ts";

export const consumerRules = {
  "profile/google": rule(
    "warning",
    "Google asks for something else",
    "Google reads at most 2 MB of a feed and 1 MB of an entry, and needs an id, title and link for each.",
    "Follow what the message says.",
    "https://support.google.com/news/publisher-center/answer/9545420",
  ),
  "profile/msn": rule(
    "warning",
    "Microsoft Start asks for something else",
    "Entries that do not fit are not ingested.",
    "Follow what the message says.",
    "https://helpcenter.microsoftstart.com/kb/feed-specifications",
  ),
  "profile/flipboard": rule(
    "warning",
    "Flipboard asks for something else",
    "Feeds that do not fit are not accepted.",
    "Follow what the message says.",
    "https://about.flipboard.com/rss-spec/",
  ),
  "profile/smartnews": rule(
    "warning",
    "SmartNews asks for something else",
    "Feeds that do not fit are not accepted.",
    "Follow what the message says.",
    "https://publishers.smartnews.com/hc/en-us/articles/360049232353",
  ),
  "profile/apple-podcasts": rule(
    "warning",
    "Apple Podcasts asks for something else",
    "Shows that do not fit are rejected.",
    "Follow what the message says.",
    specs.apple,
  ),
};
