import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { Failure } from "../../model/failure.ts";
import { redact, secretsOf } from "../../model/secrets.ts";
import { recordFile, recordPath } from "../deploy/record.ts";
import { assertSafePath, fileKindOf } from "../plan/file-set.ts";
import { loadSdk, makeClient, type S3Module, type S3TargetOptions } from "./s3-client.ts";
import { type Target, type TargetSession, type TargetType, WriteConflict } from "./target.ts";

export type { S3TargetOptions } from "./s3-client.ts";

interface Store extends S3TargetOptions {
  readonly client: S3Client;
  readonly sdk: S3Module;
}

export const s3Target: TargetType<"s3"> = {
  type: "s3",
  open: (options, context) => openS3({ ...options, ...context }),
};

/** A bucket of S3 or a compatible store. Every write is conditional, so that two publishers never overwrite newer work. @throws Failure `target` */
export async function openS3(options: S3TargetOptions): Promise<Target> {
  const sdk = await loadSdk();
  const store = { ...options, sdk, client: makeClient(sdk, options) };
  return {
    name: `bucket ${options.bucket}${options.prefix && ` (${options.prefix})`}`,
    writes: "shared",
    session: async (work) => work(makeSession(store)),
    amendRecord: async (record, expected) =>
      void (await makeSession(store).put(recordFile(record), expected)),
  };
}

function makeSession(store: Store): TargetSession {
  const { client, sdk } = store;
  return {
    versionOf: (bytes) => `"${createHash("md5").update(bytes).digest("hex")}"`,
    list: (paths) => request(store, "the list of files", () => listObjects(store, paths)),
    get: (path) => getObject(store, path),
    put: (file, expected) =>
      request(store, file.path, async () => {
        const body = file.read();
        const put = await client.send(
          new sdk.PutObjectCommand({
            ...address(store, file.path),
            Body: body,
            ContentLength: body.length,
            ContentType: contentType(file.mediaType),
            CacheControl: cacheControl(store, file.path),
            ...(expected === undefined ? { IfNoneMatch: "*" } : { IfMatch: expected }),
          }),
        );
        if (put.ETag === undefined)
          throw new Failure("target", `${store.bucket} gave no ETag for ${file.path}.`);
        return put.ETag;
      }),
    remove: (path, expected) =>
      request(store, path, async () => {
        const found = await getObject(store, path);
        if (found === undefined) return;
        if (found.version !== expected) throw new WriteConflict(path);
        await client.send(new sdk.DeleteObjectCommand({ ...address(store, path), IfMatch: expected }));
      }),
    commit: async () => {},
  };
}

function address(store: Store, path: string): { Bucket: string; Key: string } {
  assertSafePath(path);
  return { Bucket: store.bucket, Key: `${store.prefix}${path}` };
}

async function listObjects(
  store: Store,
  paths: ReadonlySet<string>,
): Promise<Map<string, { version: string }>> {
  const found = new Map<string, { version: string }>();
  let token: string | undefined;
  do {
    const page = await store.client.send(
      new store.sdk.ListObjectsV2Command({
        Bucket: store.bucket,
        Prefix: store.prefix,
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    // Such as a proxy's page: read as an empty list, it would make every file look new.
    if (page.IsTruncated === undefined)
      throw new Failure("target", `The bucket ${store.bucket} did not answer with a list of files.`, {
        hint: "Check the bucket's name, region and endpoint.",
      });
    for (const { Key, ETag } of page.Contents ?? []) {
      const path = Key?.slice(store.prefix.length) ?? "";
      if (ETag !== undefined && paths.has(path)) found.set(path, { version: ETag });
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
  return found;
}

async function getObject(
  store: Store,
  path: string,
): Promise<{ bytes: Uint8Array; version: string } | undefined> {
  return request(store, path, async () => {
    try {
      const got = await store.client.send(new store.sdk.GetObjectCommand(address(store, path)));
      const bytes = (await got.Body?.transformToByteArray()) ?? new Uint8Array();
      return { bytes, version: got.ETag ?? "" };
    } catch (error) {
      if (statusOf(error) === 404 && errorName(error) !== "NoSuchBucket") return undefined;
      throw error;
    }
  });
}

/** Text is always UTF-8 here; saying so keeps readers from guessing. */
function contentType(mediaType: string): string {
  return /^text\/|[/+](xml|json)$/.test(mediaType) && !/;/.test(mediaType)
    ? `${mediaType}; charset=utf-8`
    : mediaType;
}

function cacheControl(store: Store, path: string): string {
  if (path === recordPath) return "no-cache";
  return fileKindOf(path) === "asset" ? "public, max-age=86400" : store.cacheControl;
}

/** S3, conditional writes: 412 for another version, 404 for none, 409 while somebody else writes. */
async function request<Result>(store: Store, what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WriteConflict || error instanceof Failure) throw error;
    const status = statusOf(error);
    const name = errorName(error);
    if (status === 412 || status === 409 || (status === 404 && name !== "NoSuchBucket"))
      throw new WriteConflict(what);
    const text = redact(error instanceof Error ? error.message : "", secretsOf(store.environment));
    const reason = `${name}${text && ` (${text.slice(0, 300)})`}`;
    throw new Failure("target", `The bucket ${store.bucket} refused ${what}: ${reason}.`, {
      hint: hintFor(status),
    });
  }
}

function hintFor(status: number | undefined): string {
  if (status === 501)
    return "This store does not support conditional writes (If-Match), without which two publishers could overwrite each other.";
  if (status === 429 || (status !== undefined && status >= 500))
    return "The store is busy or broken. Publish again later; what is public now is consistent.";
  return "Check the bucket's name, region and endpoint, and at what the credentials may do.";
}

function statusOf(error: unknown): number | undefined {
  const meta = (error as { $metadata?: { httpStatusCode?: number } }).$metadata;
  return meta?.httpStatusCode;
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown error";
}
