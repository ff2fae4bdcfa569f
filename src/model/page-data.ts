// What a site says of its landing page, and what such a page shows.
import type { Format } from "./plan.ts";

/** What may be said of the landing page. */
export interface PageOptions {
  /** Below the output folder. Default `index.html`. */
  path?: string;
  /** Replaces the page: what it would have shown in, HTML out. It is written as it is. */
  render?: (data: PageData) => string;
}

/** What a landing page shows. */
export interface PageData {
  readonly site: {
    readonly url: string;
    readonly title: string;
    readonly description: string;
    readonly language: string;
  };
  readonly feeds: readonly {
    readonly key: string;
    readonly title: string;
    readonly language: string;
    readonly documents: readonly {
      readonly format: Format;
      readonly mediaType: string;
      readonly url: string;
    }[];
  }[];
  /** Newest first. Dates are milliseconds since the epoch. */
  readonly posts: readonly {
    readonly title: string;
    readonly url: string;
    readonly date: number;
    readonly language: string;
  }[];
  /** `<link>` tags for the page's head. */
  readonly autodiscovery: string;
}
