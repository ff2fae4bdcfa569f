// The path of a publish: plan, check, deploy, verify, notify. Read this first.
import { Failure } from "../model/failure.ts";
import { redactAll } from "../model/secrets.ts";
import { backoff } from "../net/clock.ts";
import { type DeployedFile, deploy, type StoredRecord, withdraw } from "./deploy/deploy.ts";
import { type GuardLimits, guardPublish } from "./guard/guard.ts";
import type { Refusal } from "./guard/refusal.ts";
import type { Notification, PendingNotification } from "./notify/notification.ts";
import { pendingFromRecord, queueNotifications, updateRecord } from "./notify/queue-notifications.ts";
import { type RecordedNotification, toRecorded } from "./notify/recorded.ts";
import { type SendResult, type SendTools, sendPending } from "./notify/send.ts";
import { keyFileName, type Services } from "./notify/services.ts";
import { type VerifyResult, waitUntilPublic } from "./notify/wait-until-public.ts";
import { comparePublishOrder, makeSetFile, type Topic } from "./plan/file-set.ts";
import { type PlanInput, type PublicSet, type PublishPlan, planPublish } from "./plan/plan.ts";
import { readPublic } from "./plan/read-public.ts";
import type { Receipt } from "./receipt.ts";
import { type Target, type TargetSession, TransientFailure, WriteConflict } from "./targets/target.ts";

export interface PublishInput extends PlanInput {
  readonly limits: GuardLimits;
  readonly services: Services;
  /** Milliseconds for the public addresses to serve the new bytes; with false nothing is verified and nobody notified. */
  readonly verify: false | { readonly timeoutMs: number };
  /** Plans and checks; changes nothing anywhere. */
  readonly dryRun?: boolean;
}

export interface PublishTools extends SendTools {
  readonly target: Target;
  /** Values that must not appear in any message. */
  readonly secrets: readonly string[];
}

/** Publishes a set. Whatever happens is in the receipt; only faults of the program itself are thrown. */
export function applyPublish(input: PublishInput, tools: PublishTools): Promise<Receipt> {
  return new PublishRun(withKeyFile(input), tools).run();
}

/** IndexNow wants its key in a file of the site. */
function withKeyFile(input: PublishInput): PublishInput {
  const key = input.services.indexnow?.key;
  if (key === undefined) return input;
  const bytes = new TextEncoder().encode(key);
  const file = makeSetFile({ path: keyFileName(key), bytes, mediaType: "text/plain" });
  const others = input.files.filter(({ path }) => path !== file.path);
  return { ...input, files: [...others, file].sort(comparePublishOrder) };
}

/** How often a deploy begins again after somebody else changed the target, and how often after a transient failure. */
const maxAttempts = 12;
const maxTransientFailures = 4;

class PublishRun {
  readonly #input: PublishInput;
  readonly #tools: PublishTools;
  /** What this run wrote so far, in all attempts. */
  readonly #written = new Map<string, DeployedFile>();
  #plan: PublishPlan | undefined;
  #refused: readonly Refusal[] = [];
  /** Notifications that this run queued and that are not certain to become public. */
  #queued: Notification[] = [];
  /** What a dry run found pending in the target's record. */
  #recorded: readonly PendingNotification[] = [];
  #topics: readonly Topic[] = [];
  /** Other publishers' notifications that wait for bytes that this set replaces. */
  #superseded: readonly Notification[] = [];
  /** The record that the target holds now. */
  #stored: StoredRecord | undefined;
  #isDeployed = false;
  #notices: readonly string[] = [];
  #verified: VerifyResult = { verified: [], missing: [], notices: [] };
  #sent: readonly SendResult[] = [];

  constructor(input: PublishInput, tools: PublishTools) {
    this.#input = input;
    this.#tools = tools;
  }

  async run(): Promise<Receipt> {
    const { verify } = this.#input;
    let failed: Receipt["failed"];
    try {
      await this.#deployWithRetries();
      if (this.#isDeployed && verify !== false) {
        this.#verified = await waitUntilPublic(this.#topics, verify.timeoutMs, this.#tools);
        await this.#dropSuperseded();
        const seen = new Map(this.#verified.verified.map(({ url, digest }) => [url, digest]));
        this.#sent = await sendPending(this.#tools, { seen });
        await this.#recordSent();
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { code, message, hint } = error;
      failed = { code, message, ...(hint !== undefined && { hint }) };
    }
    return redactAll(this.#makeReceipt(failed), this.#tools.secrets);
  }

  async #deployWithRetries(): Promise<void> {
    const { target, clock } = this.#tools;
    let failures = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        return await target.session((session) => this.#deployOnce(session), this.#input.dryRun === true);
      } catch (error) {
        if (error instanceof TransientFailure) {
          failures += 1;
          if (failures === maxTransientFailures) throw error.failure;
          await clock.sleep(backoff(failures, clock, 1000));
          continue;
        }
        if (!(error instanceof WriteConflict)) throw error;
        if (attempt === maxAttempts) {
          const message = `Others kept changing ${target.name}; ${attempt} attempts were not enough.`;
          throw new Failure("target", message, {
            hint: "Let one publisher run at a time, and publish again.",
          });
        }
        await clock.sleep(backoff(attempt - 1, clock, 50, 5000));
      }
    }
  }

  /** One attempt. Everything is read and planned anew, because what is public has changed since the last one. */
  async #deployOnce(session: TargetSession): Promise<void> {
    const { target, queue } = this.#tools;
    const { files, limits, dryRun } = this.#input;
    const current = await readPublic(session, files);
    this.#notices = [...(session.notices ?? [])];
    const plan = planPublish(this.#input, current);
    const nothingPublic = this.#written.size === 0 || target.writes === "atomic";
    // What an earlier attempt wrote belongs to this publish, though it is public by now.
    this.#plan = this.#plan === undefined || nothingPublic ? plan : mergePlans(this.#plan, plan);
    this.#refused = guardPublish(plan, limits);
    if (this.#refused.length > 0) {
      await queue.drop(this.#queued.splice(0));
      if (plan.newerEdition !== undefined && current.record !== undefined && this.#written.size > 0)
        await withdraw(session, this.#written, current.record);
    } else if (dryRun) {
      this.#recorded = pendingFromRecord(this.#input, current, this.#notifyTools());
    } else {
      // Notifications of an attempt that wrote nothing are about what was public before somebody else's publish.
      if (nothingPublic) await queue.drop(this.#queued.splice(0));
      const pending = await this.#queueNotifications(this.#plan, current);
      this.#stored = await deploy({
        target,
        session,
        plan,
        current,
        files,
        pending,
        written: this.#written,
      });
      this.#isDeployed = true;
    }
  }

  /** Queues what follows from the plan before anything is public. Returns what the record will list as pending. */
  async #queueNotifications(plan: PublishPlan, current: PublicSet): Promise<readonly RecordedNotification[]> {
    const { target, queue } = this.#tools;
    const tools = this.#notifyTools();
    const hasList = target.amendRecord !== undefined;
    if (this.#input.verify === false) return hasList ? (current.record?.pending ?? []) : [];
    const queued = await queueNotifications(this.#input, { plan, current }, tools);
    this.#queued.push(...queued.notifications);
    this.#topics = queued.topics;
    this.#superseded = queued.superseded;
    return hasList ? toRecorded(queue.list(), this.#input.siteUrl, tools.now) : [];
  }

  /** Only where the new bytes are public: until then the older ones may still be. */
  async #dropSuperseded(): Promise<void> {
    const missing = new Set(this.#verified.missing.map(({ url }) => url));
    await this.#tools.queue.drop(this.#superseded.filter(({ topic }) => !missing.has(topic)));
  }

  /** Writes into the target's record what a run without our queue has to know. When that fails, the next run notifies again. */
  async #recordSent(): Promise<void> {
    try {
      await updateRecord(this.#notifyTools(), this.#stored, this.#input.siteUrl);
    } catch (error) {
      // Another publisher has replaced the record, and has taken over what was pending in it.
      if (error instanceof WriteConflict) return;
      if (!(error instanceof Failure || error instanceof TransientFailure)) throw error;
      const notice = `The target could not be updated with what was sent, so notifications may be sent again: ${error.message}`;
      this.#verified = { ...this.#verified, notices: [...this.#verified.notices, notice] };
    }
  }

  #notifyTools() {
    const { target, queue, clock } = this.#tools;
    return { target, queue, now: clock.now() };
  }

  #makeReceipt(failed: Receipt["failed"]): Receipt {
    const { target, queue } = this.#tools;
    const plan = this.#plan;
    const put = plan?.put.map(({ file: { path, digest } }) => ({ path, digest })) ?? [];
    const remove = plan?.remove.map(({ path }) => path) ?? [];
    return {
      target: target.name,
      dryRun: this.#input.dryRun ?? false,
      plan: plan?.feeds ?? [],
      changes: { put: put.map(({ path }) => path), remove, unchanged: plan?.unchanged ?? 0 },
      refused: this.#refused,
      deployed: this.#isDeployed ? put : [],
      removed: this.#isDeployed ? remove : [],
      proved: this.#verified.verified,
      unproved: this.#verified.missing,
      pings: this.#sent,
      pending: [...queue.list(), ...this.#recorded].map(
        ({ kind, to, topic, urls, tries, nextAt, lastStatus }) => ({
          kind,
          to,
          topic,
          ...(urls && { urls }),
          tries,
          nextAt,
          ...(lastStatus !== undefined && { lastStatus }),
        }),
      ),
      notices: [...this.#notices, ...this.#verified.notices],
      ...(failed && { failed }),
    };
  }
}

function mergePlans(first: PublishPlan, second: PublishPlan): PublishPlan {
  const merge = <Item>(a: readonly Item[], b: readonly Item[], key: (item: Item) => string) => [
    ...new Map([...a, ...b].map((item) => [key(item), item])).values(),
  ];
  return {
    ...second,
    feeds: merge(first.feeds, second.feeds, ({ path }) => path),
    put: merge(first.put, second.put, ({ file }) => file.path),
    remove: merge(first.remove, second.remove, ({ path }) => path),
    topics: merge(first.topics, second.topics, ({ path }) => path),
    urls: [...new Set([...first.urls, ...second.urls])].sort(),
  };
}
