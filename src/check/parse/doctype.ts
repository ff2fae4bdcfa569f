export interface Doctype {
  readonly systemId: string | undefined;
  /** Whether parts of the definition are in other files, which are never fetched. */
  readonly external: boolean;
  readonly entities: Readonly<Record<string, string>>;
  /** Entities left out because their expansion is too long, too deep or holds markup. */
  readonly refused: readonly string[];
  /** Entities that name a file or an address. */
  readonly externalEntities: readonly string[];
  readonly offset: number;
}

/** Characters that one entity may expand to, and declarations that are read. */
const maxExpansion = 10_000;
const maxEntities = 500;
const maxNesting = 8;

const headForm =
  /^\s*([^\s[>]+)\s*(?:PUBLIC\s+(["'])([^"']*)\2\s*(?:(["'])([^"']*)\4)?|SYSTEM\s+(["'])([^"']*)\6)?/;
const entityForm = /<!ENTITY\s+(%\s+)?([^\s%"'<>]+)\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b[^>]*)\s*>/g;

/** Reads a document type declaration. Bounded: no entity grows beyond 10,000 characters, no cycle is followed. */
export function readDoctype(raw: string, offset: number): Doctype {
  const head = headForm.exec(raw.slice(0, 4_000));
  const declared = new Map<string, string>();
  const externalEntities: string[] = [];
  const subset = raw.indexOf("[") < 0 ? "" : raw.slice(raw.indexOf("["), 1_000_000);
  for (const match of subset.matchAll(entityForm)) {
    const name = match[2] ?? "";
    if (match[1] || declared.size >= maxEntities) continue;
    if (match[5]) externalEntities.push(name);
    else if (!declared.has(name)) declared.set(name, match[3] ?? match[4] ?? "");
  }
  const entities: Record<string, string> = Object.create(null);
  const refused: string[] = [];
  for (const name of declared.keys()) {
    const value = expandEntity(name, declared, 0, { left: maxExpansion });
    if (value === undefined) refused.push(name);
    entities[name] = value ?? "";
  }
  for (const name of externalEntities) entities[name] ??= "";
  const systemId = head?.[5] ?? head?.[7];
  if (/rss-0\.91\.dtd$/.test(systemId ?? "")) addLatin1(entities);
  return {
    systemId,
    external: head?.[3] !== undefined || head?.[7] !== undefined || /%[\w.-]+;/.test(subset),
    entities,
    refused,
    externalEntities,
    offset,
  };
}

/** The entities that the document type of RSS 0.91 declares: those of ISO 8859-1, from U+00A0 on. */
const latin1Entities =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
  micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil
  Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute
  Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute
  icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`.split(
    /\s+/,
  );

function addLatin1(entities: Record<string, string>): void {
  for (const [index, name] of latin1Entities.entries()) entities[name] ??= String.fromCharCode(0xa0 + index);
}

function expandEntity(
  name: string,
  declared: ReadonlyMap<string, string>,
  nesting: number,
  budget: { left: number },
): string | undefined {
  const value = declared.get(name);
  if (value === undefined || nesting > maxNesting || value.includes("<")) return undefined;
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
