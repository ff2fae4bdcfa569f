import type { GenericSchema } from "valibot";

export interface SchemaKey {
  /** Such as `feeds.custom[].name` and `site.authors.<key>.email`. */
  readonly key: string;
  /** What counts when the key is absent; undefined where there is none. */
  readonly fallback: unknown;
}

/** A schema of valibot, by what is looked at here. */
interface Node {
  readonly type: string;
  readonly wrapped?: Node;
  readonly default?: unknown;
  readonly pipe?: readonly Node[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly value?: Node;
  readonly getter?: (input: unknown) => Node;
}

/** Groups whose keys depend on what is written: one look with each of these. */
const looks: readonly unknown[] = [
  {},
  [],
  ...["directory", "git", "s3", "command"].map((type) => ({ type })),
];

/** Every key, in the order of the schema, each once. Selections hold selections: those inside one are not followed. */
export function listKeys(schema: GenericSchema): SchemaKey[] {
  const found = new Map<string, SchemaKey>();
  walk(schema as unknown as Node, "", found);
  return [...found.values()];
}

function walk(node: Node, path: string, found: Map<string, SchemaKey>): void {
  if (/\.(?:any|all)\[\]|\.not$/.test(path)) return;
  if (node.wrapped) walk(node.wrapped, path, found);
  for (const part of node.pipe?.slice(0, 1) ?? []) if (part !== node) walk(part, path, found);
  if (node.getter) for (const look of looks) walk(node.getter(look), path, found);
  if (node.item) walk(node.item, `${path}[]`, found);
  if (node.type === "record" && node.value) walk(node.value, `${path}.<key>`, found);
  for (const [name, entry] of Object.entries(node.entries ?? {})) {
    const key = path === "" ? name : `${path}.${name}`;
    if (!found.has(key)) found.set(key, { key, fallback: entry.default });
    walk(entry, key, found);
  }
}
