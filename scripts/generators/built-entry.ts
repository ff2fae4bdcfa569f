/** A post as its generator publishes it. */
export interface BuiltEntry {
  /** Path below the project. */
  file: string;
  title: string;
  url: string;
  /** Any date that `Date` reads; absent where the generator has none. */
  date?: string | undefined;
  updated?: string | undefined;
  authors: string[];
  /** Sections and categories, then tags. */
  categories: string[];
  /** The body, without the page around it. */
  html: string;
}

/** Where a site is built: a copy of the project that may be written to, and where npm's generators are. */
export interface Workplace {
  project: string;
  /** A folder with `node_modules`. */
  tools: string;
}
