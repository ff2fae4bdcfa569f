// placeholder

import type { DocumentKind } from "../check-xml.ts";
import type { DocumentCheck } from "../document-check.ts";
import type { XmlElement } from "../xml-tree.ts";
export function checkProfiles(_root: XmlElement, _kind: DocumentKind, _check: DocumentCheck): void {}
