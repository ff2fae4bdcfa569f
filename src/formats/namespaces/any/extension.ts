// Out goes what an extension is: elements of another namespace in the compact form of xml-js, or a member of JSON Feed.

/**
 * `name` is `prefix:element`, or `_name` for JSON Feed. `objects` is text, a number, true or false; an object of
 * children with attributes under `_attributes` and text under `_text`; or a list of any of these, one element each.
 */
export interface Extension {
  readonly name: string;
  readonly objects: unknown;
}
