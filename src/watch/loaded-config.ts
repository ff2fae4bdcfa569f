import { isRacy, readStamp, type Stamp, sameStamp } from "../files/stamp.ts";
import type { Config } from "../model/config.ts";

/** A configuration, and the state of its file when it was loaded. */
export class LoadedConfig {
  readonly #load: () => Promise<Config>;
  #file: string | undefined;
  #stamp: Stamp | undefined;

  constructor(load: () => Promise<Config>) {
    this.#load = load;
  }

  /** @throws Failure when the configuration cannot be loaded */
  async load(): Promise<Config> {
    const started = Date.now();
    try {
      const config = await this.#load();
      this.#file = config.file;
      return config;
    } finally {
      const stamp = this.#file === undefined ? undefined : readStamp(this.#file);
      this.#stamp = stamp !== undefined && isRacy(stamp, started) ? { ...stamp, size: -1 } : stamp;
    }
  }

  /** Whether the file is not as it was when it was loaded. */
  isOther(): boolean {
    const stamp = this.#file === undefined ? undefined : readStamp(this.#file);
    return stamp !== undefined && !sameStamp(stamp, this.#stamp);
  }
}
