import type { Config } from "../model/config.ts";
import { newsAge } from "../model/plan.ts";
import type { Post } from "../model/post.ts";
import { type FeedName, FeedNames, siteFeed } from "./feed-name.ts";
import { feedProfiles } from "./profiles/profiles.ts";
import { makeSelector } from "./select-posts.ts";

/** Adds the feeds of one kind that a post is in. */
type Rule = (post: Post, into: FeedName[]) => void;

const siteOnly: readonly FeedName[] = [siteFeed];
const made = new WeakMap<Config, (post: Post) => readonly FeedName[]>();

/** The feeds that a post belongs to whenever it is shown. Rules and names are made once for each configuration. */
export function feedsOf(post: Post, config: Config): readonly FeedName[] {
  let membership = made.get(config);
  if (membership === undefined) {
    membership = makeMembership(config);
    made.set(config, membership);
  }
  return membership(post);
}

/** The feeds that exist with any posts or none. */
export function fixedFeeds(config: Config): FeedName[] {
  const custom = config.feeds.custom.map(
    ({ name }): FeedName => ({ key: `custom/${name}`, kind: "custom", name }),
  );
  return [siteFeed, ...custom, ...(config.news ? [newsFeed] : [])];
}

function makeMembership(config: Config): (post: Post) => readonly FeedName[] {
  const names = new FeedNames();
  const rules = [...collectionRules(config, names), ...customRules(config), ...newsRules(config)];
  if (config.feeds.archives === "month") {
    rules.push(({ date }, into) => into.push(names.get("archive", monthOf(date))));
  }
  if (rules.length === 0) return () => siteOnly;
  return (post) => {
    const feeds = [siteFeed];
    for (const rule of rules) rule(post, feeds);
    return feeds;
  };
}

function collectionRules({ feeds }: Config, names: FeedNames): Rule[] {
  const rules: Rule[] = [];
  if (feeds.tags) rules.push((post, into) => addNames(names, "tag", post.tags, into));
  if (feeds.authors) {
    rules.push((post, into) =>
      addNames(
        names,
        "author",
        post.authors.map(({ name }) => name),
        into,
      ),
    );
  }
  if (feeds.sections) {
    rules.push(({ section }, into) => section !== undefined && into.push(names.get("section", section)));
  }
  if (feeds.languages) rules.push(({ language }, into) => into.push(names.get("language", language)));
  return rules;
}

/** Each once: `News` and `news` in one post are one tag. */
function addNames(names: FeedNames, kind: "tag" | "author", list: readonly string[], into: FeedName[]): void {
  for (const [i, text] of list.entries()) {
    const name = names.get(kind, text);
    const isRepeated = i > 0 && into.some(({ key }) => key === name.key);
    if (!isRepeated) into.push(name);
  }
}

function customRules(config: Config): Rule[] {
  return config.feeds.custom.map(({ name, where, profile }) => {
    const maxAge = profile && feedProfiles[profile].maxAge;
    const whole = maxAge === undefined ? where : { all: [where, { since: { ago: maxAge } }] };
    const select = makeSelector(whole, config);
    const always: FeedName = { key: `custom/${name}`, kind: "custom", name };
    const aged = new Map<object, FeedName>();
    return (post: Post, into: FeedName[]) => {
      const ages = select(post);
      if (ages === undefined) into.push(always);
      else if (ages.length > 0) {
        const found = aged.get(ages) ?? { ...always, ages };
        aged.set(ages, found);
        into.push(found);
      }
    };
  });
}

function newsRules({ news }: Config): Rule[] {
  if (news === undefined) return [];
  const { language } = news;
  return [
    (post, into) => {
      if (language === undefined || post.language.split("-")[0] === language.split("-")[0])
        into.push(newsFeed);
    },
  ];
}

const months = new Map<number, string>();

/** `YYYY-MM` in UTC: a month must not change with the site's time zone or with the tables of zones. */
function monthOf(date: number): string {
  const day = Math.floor(date / 86_400_000);
  let month = months.get(day);
  if (month === undefined) {
    month = new Date(date).toISOString().slice(0, -17);
    months.set(day, month);
  }
  return month;
}

/**
 * The window of the news sitemap as a feed: the index then keeps its order, and says when it changes because an article
 * turns two days old. `updated` does not count: Google asks for the first publication.
 */
export const newsFeed: FeedName = { key: "news", kind: "news", name: "", ages: [[0, newsAge]] };
