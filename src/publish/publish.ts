import { Failure } from "../model/failure.ts";
import { redactAll } from "../model/secrets.ts";
import {
  deployWithRetries,
  type PublishInput,
  type PublishProgress,
  type PublishTools,
} from "./deploy/attempts.ts";
import { updateRecord } from "./notify/queue-notifications.ts";
import { type SendResult, sendPending } from "./notify/send.ts";
import { keyFileName } from "./notify/services.ts";
import { type VerifyResult, waitUntilPublic } from "./notify/wait-until-public.ts";
import { comparePublishOrder, makeSetFile, type SetFile } from "./plan/file-set.ts";
import { makeReceipt, type Receipt } from "./receipt.ts";
import { TransientFailure, WriteConflict } from "./targets/target.ts";

export type { PublishInput, PublishTools } from "./deploy/attempts.ts";
export { planPublish } from "./plan/plan.ts";

/** Publishes a set. Whatever happens is in the receipt; only faults of the program itself are thrown. */
export async function applyPublish(input: PublishInput, tools: PublishTools): Promise<Receipt> {
  const set = withKeyFile(input);
  const course: PublishProgress = { refused: [], deliveries: [], left: [], notices: [], done: false };
  let proof: VerifyResult = { proved: [], missing: [], notices: [] };
  let pings: SendResult[] = [];
  let failed: Receipt["failed"];
  try {
    await deployWithRetries(set, tools, course);
    if (course.done && set.verify !== false) {
      proof = await waitUntilPublic(course.topics ?? [], {
        fetch: tools.fetchSite,
        clock: tools.clock,
        timeoutMs: set.verify.timeoutMs,
      });
      const seen = new Map(proof.proved.map(({ url, digest }) => [url, digest]));
      pings = await sendPending({ ...tools, fetch: tools.fetchServices }, { seen });
      const notices = await recordSent(set, tools, course);
      proof = { ...proof, notices: [...proof.notices, ...notices] };
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failed = {
      code: error.code,
      message: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
    };
  }
  return redactAll(makeReceipt(set, tools, course, { proof, pings, failed }), tools.secrets);
}

/** Leaves with the target what a run without our outbox has to know. A target that cannot be written now makes the next run tell again, not this one fail. */
async function recordSent(
  { siteUrl }: PublishInput,
  { target, outbox, clock }: PublishTools,
  { stored }: PublishProgress,
): Promise<string[]> {
  try {
    await updateRecord(target, stored, outbox.list(), { siteUrl, now: clock.now() });
    return [];
  } catch (error) {
    // Whoever was quicker took over what is left.
    if (error instanceof WriteConflict) return [];
    if (!(error instanceof Failure || error instanceof TransientFailure)) throw error;
    return [`What was told could not be noted at the target, so it may be told again: ${error.message}`];
  }
}

/** IndexNow wants its key in a file of the site. */
function withKeyFile(input: PublishInput): PublishInput {
  const key = input.audience.indexnow?.key;
  if (key === undefined) return input;
  const file = makeSetFile({
    path: keyFileName(key),
    bytes: new TextEncoder().encode(key),
    mediaType: "text/plain",
  });
  const others = input.files.filter(({ path }) => path !== file.path);
  return { ...input, files: [...others, file].sort(comparePublishOrder) };
}

/** A set made from files in memory. */
export function makeSet(files: readonly { path: string; bytes: Uint8Array; mediaType: string }[]): SetFile[] {
  return files.map(makeSetFile).sort(comparePublishOrder);
}
