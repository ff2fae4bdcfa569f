// In come a build's documents; out goes the world informed: planned, guarded, deployed, proved, told. Read this first.
import { Failure } from "../model/failure.ts";
import { redactAll } from "../model/secrets.ts";
import { type Course, deployWithRetries } from "./deploy/attempts.ts";
import { noteLeft } from "./notify/queue.ts";
import { flushOutbox, type Ping } from "./notify/send.ts";
import { keyFileName } from "./notify/services.ts";
import { type ProofResult, proveTopics } from "./notify/wait-until-live.ts";
import { compareInOrder, makeSetFile, type SetFile } from "./plan/file-set.ts";
import type { PublishInput, PublishTools } from "./publish-input.ts";
import type { Receipt } from "./receipt.ts";
import { issueReceipt } from "./receipt.ts";
import { Conflict, Interruption } from "./targets/target.ts";

export { planPublish } from "./plan/plan.ts";
export type { PublishInput, PublishTools } from "./publish-input.ts";

/** Publishes a set. Whatever happens is in the receipt; only faults of the program itself are thrown. */
export async function applyPublish(input: PublishInput, tools: PublishTools): Promise<Receipt> {
  const set = withKeyFile(input);
  const course: Course = { refused: [], deliveries: [], left: [], notices: [], done: false };
  let proof: ProofResult = { proved: [], missing: [], notices: [] };
  let pings: Ping[] = [];
  let failed: Receipt["failed"];
  try {
    await deployWithRetries(set, tools, course);
    if (course.done && set.verify !== false) {
      proof = await proveTopics(course.topics ?? [], {
        fetch: tools.fetchLive,
        clock: tools.clock,
        timeoutMs: set.verify.timeoutMs,
      });
      const seen = new Map(proof.proved.map(({ url, digest }) => [url, digest]));
      pings = await flushOutbox({ ...tools, fetch: tools.fetchHubs }, { seen });
      const notices = await noteTold(set, tools, course);
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
  return redactAll(issueReceipt(set, tools, course, { proof, pings, failed }), tools.secrets);
}

/** Leaves with the target what a run without our outbox has to know. A target that cannot be written now makes the next run tell again, not this one fail. */
async function noteTold(
  { siteUrl }: PublishInput,
  { target, outbox, clock }: PublishTools,
  { stored }: Course,
): Promise<string[]> {
  try {
    await noteLeft(target, stored, outbox.list(), { siteUrl, now: clock.now() });
    return [];
  } catch (error) {
    // Whoever was quicker took over what is left.
    if (error instanceof Conflict) return [];
    if (!(error instanceof Failure || error instanceof Interruption)) throw error;
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
  return { ...input, files: [...others, file].sort(compareInOrder) };
}

/** A set made from files in memory. */
export function makeSet(files: readonly { path: string; bytes: Uint8Array; mediaType: string }[]): SetFile[] {
  return files.map(makeSetFile).sort(compareInOrder);
}
