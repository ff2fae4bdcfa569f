import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { Failure } from "../../model/failure.ts";
import { type RefusalCode, refusalFlags } from "../../publish/guard/refusal.ts";
import { publishSite } from "../../publish/publish-site.ts";
import { exitCodeOf, type Receipt, reportReceipt, summarizeReceipt } from "../../publish/receipt.ts";
import { loadFlaggedConfig, readInstant, type SiteFlags } from "../flags.ts";
import { print, printJson } from "../print.ts";

/** Flags such as `--allow-shrink` arrive as `allowShrink`. */
interface PublishFlags extends SiteFlags {
  readonly dryRun?: boolean;
  readonly markdown?: boolean;
  /** File to append the Markdown summary to, such as `$GITHUB_STEP_SUMMARY`. */
  readonly summary?: string;
  /** What the guard would refuse. */
  readonly [allowance: `allow${string}`]: boolean | undefined;
}

/** Publishes what was built. Exit code 0 published, 1 refused, 2 could not. */
export async function runPublish(flags: PublishFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const receipt = await publishSite(config, {
    now: readInstant(flags.now),
    dryRun: flags.dryRun === true,
    allow: allowedCodes(flags),
    allowPrivate: flags.allowPrivate === true,
  });
  show(receipt, flags);
  return exitCodeOf(receipt);
}

/** Says what publishing would do, and changes nothing. */
export function runPlan(flags: PublishFlags): Promise<number> {
  return runPublish({ ...flags, dryRun: true });
}

function allowedCodes(flags: PublishFlags): RefusalCode[] {
  return (Object.keys(refusalFlags) as RefusalCode[]).filter((code) => {
    const words = refusalFlags[code].replace("--allow-", "").split("-");
    const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
    return flags[`allow${name}`] === true;
  });
}

function show(receipt: Receipt, flags: PublishFlags): void {
  if (flags.summary !== undefined) {
    try {
      appendFileSync(resolve(flags.summary), summarizeReceipt(receipt));
    } catch (cause) {
      throw new Failure("usage", `The summary ${flags.summary} cannot be written.`, {
        hint: "Name a file in a folder that exists.",
        cause,
      });
    }
  }
  if (flags.json) printJson(receipt);
  else print((flags.markdown ? summarizeReceipt(receipt) : reportReceipt(receipt)).trimEnd());
}
