// In comes how far a publish came; out goes its receipt.
import type { Course } from "./attempts.ts";
import type { Ping } from "./flush.ts";
import type { ProofResult } from "./live.ts";
import type { PublishInput, PublishTools } from "./publish-input.ts";
import type { Receipt } from "./receipt.ts";

/** The receipt of a publish, however far it came. */
export function issueReceipt(
  input: PublishInput,
  { target, outbox }: PublishTools,
  { plan, refused, done, left, notices }: Course,
  end: { proof: ProofResult; pings: readonly Ping[]; failed: Receipt["failed"] },
): Receipt {
  return {
    target: target.name,
    dryRun: input.dryRun ?? false,
    plan: plan?.feeds ?? [],
    changes: {
      put: plan?.put.map(({ file }) => file.path) ?? [],
      remove: plan?.remove.map(({ path }) => path) ?? [],
      unchanged: plan?.unchanged ?? 0,
    },
    refused,
    deployed: done ? (plan?.put.map(({ file: { path, digest } }) => ({ path, digest })) ?? []) : [],
    removed: done ? (plan?.remove.map(({ path }) => path) ?? []) : [],
    proved: end.proof.proved,
    unproved: end.proof.missing,
    pings: end.pings,
    pending: [...outbox.list(), ...left].map(({ kind, to, topic, urls, tries, nextAt, lastStatus }) => ({
      kind,
      to,
      topic,
      ...(urls && { urls }),
      tries,
      nextAt,
      ...(lastStatus !== undefined && { lastStatus }),
    })),
    notices: [...notices, ...end.proof.notices],
    ...(end.failed && { failed: end.failed }),
  };
}
