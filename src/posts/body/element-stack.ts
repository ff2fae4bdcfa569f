import { closesInnermost, closesUpTo, scopeBarriers, tableParts } from "./html-rules.ts";

/** The elements that are open in the output. Callers limit its depth. */
export class ElementStack {
  readonly #names: string[] = [];
  readonly #counts = new Map<string, number>();

  get depth(): number {
    return this.#names.length;
  }

  isOpen(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0;
  }

  push(name: string): void {
    this.#names.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** End tags that an opening tag implies. */
  closeBefore(name: string): string {
    let out = name === "a" && this.isOpen("a") ? this.#closeThrough("a") : "";
    const innermost = closesInnermost.get(name);
    if (innermost !== undefined) while (innermost.has(this.#names.at(-1) ?? "")) out += this.#pop();
    const rule = closesUpTo.get(name);
    if (rule === undefined) return out;
    let depth = this.#names.length;
    for (let index = depth - 1; index >= 0; index -= 1) {
      const open = this.#names[index] ?? "";
      if (rule.closes.has(open)) depth = index;
      else if (rule.until.has(open)) break;
    }
    while (this.#names.length > depth) out += this.#pop();
    return out;
  }

  /** The end tags that one end tag implies; empty when its element is not open, or is open only around a table cell. */
  close(name: string): string {
    return this.isOpen(name) && this.#reaches(name) ? this.#closeThrough(name) : "";
  }

  closeAll(): string {
    let out = "";
    while (this.#names.length > 0) out += this.#pop();
    return out;
  }

  #reaches(name: string): boolean {
    const part = tableParts.has(name);
    for (let index = this.#names.length - 1; index >= 0; index -= 1) {
      const open = this.#names[index] ?? "";
      if (open === name) return true;
      if (part ? open === "table" : scopeBarriers.has(open)) return false;
    }
    return false;
  }

  #closeThrough(name: string): string {
    let out = "";
    while (this.#names.length > 0) {
      const innermost = this.#names.at(-1);
      out += this.#pop();
      if (innermost === name) break;
    }
    return out;
  }

  #pop(): string {
    const name = this.#names.pop() ?? "";
    this.#counts.set(name, (this.#counts.get(name) ?? 1) - 1);
    return `</${name}>`;
  }
}
