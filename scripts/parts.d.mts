/** The code of each part of a program in parts. */
export function partsOf(file: string): string[]
