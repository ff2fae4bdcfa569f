// placeholder
import type { DocumentCheck } from "./document-check.ts";
export function checkJson(_check: DocumentCheck): void {}
