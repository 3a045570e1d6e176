/** Longer input (in UTF-16 units) is refused: 32 MiB of plain block style or JSON. */
export const maxInput = 32 * 1024 * 1024

/** Longer input is refused when it needs the complete parser, which takes some seconds for a hostile MiB. */
export const maxParsed = 2 * 1024 * 1024

/** Maps and lists within each other; the deepest CRD schemas known have about 60. */
export const maxDepth = 200

/** Nodes that aliases and merge keys may add to one document by repeating what is written once. */
export const maxCopies = 10_000

/** More problems than this in one text are not told. */
export const maxProblems = 100
