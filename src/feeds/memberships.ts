import type { Config } from "../model/config.ts";
import { newsAge } from "../model/plan.ts";
import type { Post } from "../model/post.ts";
import { type FeedName, FeedNames, siteFeed } from "./feed-name.ts";
import { type CollectionKind, collectionKinds, collectionOf } from "./feed-settings.ts";
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

const collected: Readonly<Record<CollectionKind, (post: Post) => readonly string[]>> = {
  tag: ({ tags }) => tags,
  author: ({ authors }) => authors.map(({ name }) => name),
  section: ({ section }) => (section === undefined ? [] : [section]),
  language: ({ language }) => [language],
};

function collectionRules(config: Config, names: FeedNames): Rule[] {
  return collectionKinds
    .filter((kind) => collectionOf(kind, config))
    .map((kind) => (post, into) => {
      for (const [i, text] of collected[kind](post).entries()) {
        const name = names.get(kind, text);
        // `News` and `news` in one post are one tag.
        if (i === 0 || !into.some(({ key }) => key === name.key)) into.push(name);
      }
    });
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
