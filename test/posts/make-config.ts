// In come the few settings a test is about; out goes a complete Config.
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config } from "../../src/model/config.ts";

export interface Settings {
  readonly root?: string;
  readonly dir?: string;
  readonly out?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly bundles?: boolean;
  readonly permalink?: string;
  readonly permalinks?: Config["permalinks"];
  readonly slugs?: Config["slugs"];
  readonly titles?: Config["titles"];
  readonly dates?: Partial<Config["dates"]>;
  readonly categories?: Config["categories"];
  readonly preset?: Config["preset"];
  readonly site?: Partial<Config["site"]>;
}

const root = "/site";
const { config: base } = resolveConfig(
  { site: { url: "https://example.org/", title: "Example", authority: "example.org,2026" } },
  { root },
);

export function makeConfig(settings: Settings = {}): Config {
  if (!base) throw new Error("the configuration of the tests does not resolve");
  const own = settings.root ?? root;
  return {
    ...base,
    ...(settings.preset && { preset: settings.preset }),
    root: own,
    site: { ...base.site, ...settings.site },
    posts: {
      dir: settings.dir ?? `${own}/posts`,
      include: settings.include ?? base.posts.include,
      exclude: settings.exclude ?? [],
      bundles: settings.bundles ?? false,
    },
    out: settings.out ?? `${own}/dist`,
    permalink: settings.permalink ?? "/:slug/",
    permalinks: settings.permalinks ?? [],
    slugs: settings.slugs ?? "as-written",
    titles: settings.titles ?? "none",
    dates: { ...base.dates, ...settings.dates },
    categories: settings.categories ?? base.categories,
  };
}
