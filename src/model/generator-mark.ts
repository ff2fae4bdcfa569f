/** How every document says who wrote it: RSS and Atom in `generator`, JSON in `_generator`, the others in a comment or a meta tag. */
export const generatorName = "feedwright";

/** What the comment says in which other documents have it. */
export const generatorWords = `generator: ${generatorName}`;

/** The member of JSON documents. */
export const generatorMember = { _generator: { name: generatorName } } as const;
