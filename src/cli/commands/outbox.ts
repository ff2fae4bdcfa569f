import { openQueue, sendPendingNotifications } from "../../publish/publish-site.ts";
import { describePending, describeSendResults } from "../../publish/receipt.ts";
import { loadFlaggedConfig, type SiteFlags } from "../flags.ts";
import { print, printJson } from "../print.ts";

interface OutboxFlags extends SiteFlags {
  readonly flush?: boolean;
}

/** Lists or sends what waits. Exit code 2 when something still waits after `--flush`. */
export async function runOutbox(flags: OutboxFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const pings = flags.flush
    ? await sendPendingNotifications(config, { allowPrivate: flags.allowPrivate === true })
    : [];
  const pending = openQueue(config).list();
  if (flags.json) printJson({ pings, pending });
  else {
    for (const line of describeSendResults(pings)) print(line);
    for (const waiting of pending) print(describePending(waiting, Date.now()));
    if (pings.length + pending.length === 0) print("The outbox is empty.");
  }
  return flags.flush && pending.length > 0 ? 2 : 0;
}
