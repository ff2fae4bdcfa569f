// In comes the text between `<!DOCTYPE` and `>`; out go its identifiers and the few internal entities that are safe to expand.

export interface Doctype {
  readonly name: string;
  readonly publicId: string | undefined;
  readonly systemId: string | undefined;
  /** Whether parts of the definition stand elsewhere (never fetched). */
  readonly external: boolean;
  readonly entities: Readonly<Record<string, string>>;
  /** Entities left out because their expansion is too long, too deep or holds markup. */
  readonly refused: readonly string[];
  /** Entities that name a file or an address. */
  readonly externalEntities: readonly string[];
  readonly offset: number;
}

/** Characters that one entity may expand to, and declarations that are read. */
const MAX_EXPANSION = 10_000;
const MAX_ENTITIES = 500;
const MAX_NESTING = 8;

const HEAD =
  /^\s*([^\s[>]+)\s*(?:PUBLIC\s+(["'])([^"']*)\2\s*(?:(["'])([^"']*)\4)?|SYSTEM\s+(["'])([^"']*)\6)?/;
const ENTITY = /<!ENTITY\s+(%\s+)?([^\s%"'<>]+)\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b[^>]*)\s*>/g;

/** Reads a document type declaration. Bounded: no entity grows beyond 10,000 characters, no cycle is followed. */
export function readDoctype(raw: string, offset: number): Doctype {
  const head = HEAD.exec(raw.slice(0, 4_000));
  const declared = new Map<string, string>();
  const externalEntities: string[] = [];
  const subset = raw.indexOf("[") < 0 ? "" : raw.slice(raw.indexOf("["), 1_000_000);
  for (const match of subset.matchAll(ENTITY)) {
    const name = match[2] ?? "";
    if (match[1] || declared.size >= MAX_ENTITIES) continue;
    if (match[5]) externalEntities.push(name);
    else if (!declared.has(name)) declared.set(name, match[3] ?? match[4] ?? "");
  }
  const entities: Record<string, string> = Object.create(null);
  const refused: string[] = [];
  for (const name of declared.keys()) {
    const value = expandEntity(name, declared, 0, { left: MAX_EXPANSION });
    if (value === undefined) refused.push(name);
    entities[name] = value ?? "";
  }
  for (const name of externalEntities) entities[name] ??= "";
  return {
    name: head?.[1] ?? "",
    publicId: head?.[3],
    systemId: head?.[5] ?? head?.[7],
    external: head?.[3] !== undefined || head?.[7] !== undefined || /%[\w.-]+;/.test(subset),
    entities,
    refused,
    externalEntities,
    offset,
  };
}

function expandEntity(
  name: string,
  declared: ReadonlyMap<string, string>,
  nesting: number,
  budget: { left: number },
): string | undefined {
  const value = declared.get(name);
  if (value === undefined || nesting > MAX_NESTING || value.includes("<")) return undefined;
  let whole = true;
  const expanded = value.replace(/&(#x[0-9a-fA-F]+|#\d+|[^;\s&]+);/g, (reference, body: string) => {
    if (!whole) return "";
    const text = body.startsWith("#")
      ? readCharacter(body)
      : ({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[body] ??
        expandEntity(body, declared, nesting + 1, budget));
    if (text === undefined) whole = false;
    budget.left -= (text ?? reference).length;
    if (budget.left < 0) whole = false;
    return text ?? "";
  });
  budget.left -= value.length;
  return whole && budget.left >= 0 ? expanded : undefined;
}

function readCharacter(body: string): string | undefined {
  const code = body.startsWith("#x")
    ? Number.parseInt(body.slice(2), 16)
    : Number.parseInt(body.slice(1), 10);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}
