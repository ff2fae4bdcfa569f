/** `start` is an offset in the text, here as in the values. */
export interface JsonMember {
  readonly name: string;
  readonly start: number;
  readonly node: JsonNode;
}

export interface JsonObject {
  readonly type: "object";
  readonly start: number;
  readonly members: readonly JsonMember[];
}

export type JsonNode =
  | JsonObject
  | { readonly type: "array"; readonly start: number; readonly items: readonly JsonNode[] }
  | { readonly type: "string"; readonly start: number; readonly value: string }
  | { readonly type: "number"; readonly start: number; readonly value: number }
  | { readonly type: "boolean"; readonly start: number; readonly value: boolean }
  | { readonly type: "null"; readonly start: number };

/** Feeds nest five levels; extensions may nest some more. */
const maxDepth = 100;
const maxNodes = 2_000_000;

const spaceForm = /[ \t\n\r]*/y;
const plainString = /"([^"\\\u0000-\u001f]*)"/y;
const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordForm = /true|false|null/y;

class Offence extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** What was read, or where and why not. */
export interface JsonTree {
  readonly root?: JsonNode;
  readonly broken?: { readonly offset: number; readonly message: string };
}

/** Reads JSON strictly. Never throws; depth and number of values are bounded. */
export function parseJsonTree(text: string): JsonTree {
  const reader = new Reader(text);
  try {
    return { root: reader.readDocument() };
  } catch (error) {
    if (!(error instanceof Offence)) throw error;
    return { broken: { offset: error.offset, message: error.message } };
  }
}

class Reader {
  readonly #text: string;
  #at = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): JsonNode {
    const root = this.#readValue(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#offend("something comes after the end of the value");
    return root;
  }

  #readValue(depth: number): JsonNode {
    this.#skipSpace();
    this.#nodes += 1;
    if (depth > maxDepth) throw this.#offend(`values are nested more than ${maxDepth} deep`);
    if (this.#nodes > maxNodes) throw this.#offend(`there are more than ${maxNodes} values`);
    const start = this.#at;
    const first = this.#text[start];
    if (first === "{") return this.#readObject(depth);
    if (first === "[") return this.#readArray(depth);
    if (first === '"') return { type: "string", start, value: this.#readString() };
    const number = this.#match(numberForm);
    if (number !== undefined) return { type: "number", start, value: Number(number) };
    const word = this.#match(wordForm);
    if (word === "null") return { type: "null", start };
    if (word !== undefined) return { type: "boolean", start, value: word === "true" };
    throw this.#offend(first === undefined ? "the document ends too early" : "a value is expected");
  }

  #readObject(depth: number): JsonNode {
    const start = this.#at;
    const members: JsonMember[] = [];
    this.#at += 1;
    this.#skipSpace();
    if (this.#take("}")) return { type: "object", start, members };
    do {
      this.#skipSpace();
      const at = this.#at;
      if (this.#text[at] !== '"') throw this.#offend("a name in quotation marks is expected");
      const name = this.#readString();
      this.#skipSpace();
      if (!this.#take(":")) throw this.#offend("`:` is expected");
      members.push({ name, start: at, node: this.#readValue(depth + 1) });
      this.#skipSpace();
    } while (this.#take(","));
    if (!this.#take("}")) throw this.#offend("`,` or `}` is expected");
    return { type: "object", start, members };
  }

  #readArray(depth: number): JsonNode {
    const start = this.#at;
    const items: JsonNode[] = [];
    this.#at += 1;
    this.#skipSpace();
    if (this.#take("]")) return { type: "array", start, items };
    do {
      items.push(this.#readValue(depth + 1));
      this.#skipSpace();
    } while (this.#take(","));
    if (!this.#take("]")) throw this.#offend("`,` or `]` is expected");
    return { type: "array", start, items };
  }

  #readString(): string {
    const plain = this.#match(plainString);
    if (plain !== undefined) return plain.slice(1, -1);
    // Strings with escapes are scanned character by character: a backtracking expression would run out of stack.
    const start = this.#at;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x5c) at += 1;
      else if (code === 0x22) return this.#decode(start, at + 1);
      else if (code < 0x20) break;
    }
    throw this.#offend("a string is not closed or holds a control character");
  }

  #decode(start: number, end: number): string {
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, end));
      this.#at = end;
      if (typeof value === "string") return value;
    } catch {
      this.#at = start;
    }
    throw this.#offend("a string holds an unknown escape");
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    spaceForm.lastIndex = this.#at;
    this.#at += spaceForm.exec(this.#text)?.[0].length ?? 0;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #offend(message: string): Offence {
    return new Offence(this.#at, message);
  }
}

/** The member of that name; the last one when it appears twice, as in JSON.parse. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  if (node?.type !== "object") return undefined;
  return node.members.findLast((member) => member.name === name)?.node;
}

/** The text of a string member. */
export function stringOf(node: JsonNode | undefined, name: string): string | undefined {
  const member = memberOf(node, name);
  return member?.type === "string" ? member.value : undefined;
}
