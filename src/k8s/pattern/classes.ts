/** Whether a character, by its code point, belongs to a class. */
export type Test = (code: number) => boolean

export function inRange(low: string, high: string): Test {
  const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0]
  return (code) => from <= code && code <= to
}

export function either(...tests: readonly Test[]): Test {
  return (code) => tests.some((test) => test(code))
}

export function not(test: Test): Test {
  return (code) => !test(code)
}

export function oneOf(chars: string): Test {
  return (code) => chars.includes(String.fromCodePoint(code))
}

const digit = inRange('0', '9')
const letter = either(inRange('a', 'z'), inRange('A', 'Z'))
export const word = either(digit, letter, oneOf('_'))

/** What `\d` and its like stand for. */
export const escapeClasses: { readonly [letter: string]: Test } = {
  d: digit,
  D: not(digit),
  s: oneOf('\t\n\f\r '),
  S: not(oneOf('\t\n\f\r ')),
  w: word,
  W: not(word),
}

const namedClasses: { readonly [name: string]: Test } = {
  alnum: either(digit, letter),
  alpha: letter,
  ascii: inRange('\0', '\x7f'),
  blank: oneOf('\t '),
  cntrl: either(inRange('\0', '\x1f'), oneOf('\x7f')),
  digit,
  graph: inRange('!', '~'),
  lower: inRange('a', 'z'),
  print: inRange(' ', '~'),
  punct: (code) => inRange('!', '~')(code) && !digit(code) && !letter(code),
  space: oneOf('\t\n\v\f\r '),
  upper: inRange('A', 'Z'),
  word,
  xdigit: either(digit, inRange('a', 'f'), inRange('A', 'F')),
}

/** What `\n` and its like stand for. */
export const escapeChars: { readonly [letter: string]: string } = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** What stands between `[:` and `:]`. */
export function namedClass(name: string): Test | undefined {
  return Object.hasOwn(namedClasses, name) ? namedClasses[name] : undefined
}

/** Accepts a character in either case. */
export function folding(test: Test): Test {
  return (code) => {
    const char = String.fromCodePoint(code)
    return [char, char.toLowerCase(), char.toUpperCase()].some(
      (form) => [...form].length === 1 && test(form.codePointAt(0) ?? 0),
    )
  }
}

/** What stands behind `\p`: a category by its short name, or a script; Go has no others. */
export function unicodeClass(name: string): Test | undefined {
  if (name === 'Any') return () => true
  const categories = /^(C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/
  try {
    const syntax = new RegExp(categories.test(name) ? `\\p{${name}}` : `\\p{Script=${name}}`, 'u')
    return (code) => syntax.test(String.fromCodePoint(code))
  } catch {
    return undefined
  }
}
