/** The code of each part of a program in parts. */
export function partsOf(file: string): string[]
/** Where what the V8 at hand makes of a program lies. */
export function cacheOf(program: string): string
/** The digest by which a program tells itself from others. */
export function buildOf(file: string): string
