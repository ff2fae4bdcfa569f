// In come the few settings a test is about; out goes a complete Config.
import type { Config } from "../../src/model/config.ts";

export interface Settings {
  readonly root?: string;
  readonly dir?: string;
  readonly out?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly permalink?: string;
  readonly site?: Partial<Config["site"]>;
}

export function makeConfig(settings: Settings = {}): Config {
  const root = settings.root ?? "/site";
  return {
    root,
    site: {
      url: "https://example.org/",
      title: "Example",
      description: "",
      language: "en",
      timeZone: "UTC",
      authors: {},
      authority: "example.org,2026",
      ...settings.site,
    },
    posts: {
      dir: settings.dir ?? `${root}/posts`,
      include: settings.include ?? ["**/*.{md,markdown,mdx,html,htm}"],
      exclude: settings.exclude ?? [],
    },
    out: settings.out ?? `${root}/dist`,
    permalink: settings.permalink ?? "/:slug/",
    assets: { copy: false },
    markdown: { plugins: [], key: "", allow: {} },
    dates: { updated: "front-matter" },
    feeds: { formats: ["rss", "atom", "json"], limit: 50, content: "full", sourceMarkdown: false },
    websub: { hubs: [] },
  };
}
