import { isRacy, readStamp, type Stamp, sameStamp } from "../files/stamp.ts";
import type { Config } from "../model/config.ts";

/** Loads the configuration, and knows whether its file has changed since. */
export class ConfigLoader {
  readonly #load: () => Promise<Config>;
  #config: Config | undefined;
  #stamp: Stamp | undefined;

  constructor(load: () => Promise<Config>) {
    this.#load = load;
  }

  /** The configuration that was loaded last. */
  get current(): Config {
    return this.#config as Config;
  }

  /** @throws Failure when the configuration cannot be loaded; the last one stays */
  async load(): Promise<Config> {
    const started = Date.now();
    try {
      this.#config = await this.#load();
      return this.#config;
    } finally {
      const stamp = this.#readStamp();
      this.#stamp = stamp !== undefined && isRacy(stamp, started) ? { ...stamp, size: -1 } : stamp;
    }
  }

  /** Whether the file has changed since it was loaded. */
  hasChanged(): boolean {
    const stamp = this.#readStamp();
    return stamp !== undefined && !sameStamp(stamp, this.#stamp);
  }

  #readStamp(): Stamp | undefined {
    const file = this.#config?.file;
    return file === undefined ? undefined : readStamp(file);
  }
}
