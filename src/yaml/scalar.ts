/**
 * Plain scalars: what the readers of Kubernetes' tools make of unquoted text.
 *
 * Istio's tools read YAML 1.1 as goyaml.v2 speaks it and pass the result through JSON, so that every number is a
 * float64. Other readers (YAML 1.2, or YAML 1.1 to the letter) differ on some words; text that any of them would not
 * read as a string is called ambiguous.
 */

/** The words that stand for no string; their other spellings, such as `nULL`, are strings. */
const words = new Map<string, null | boolean | number>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
])

const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** Integers that any reader takes for the same number, as nearly all numbers are. */
const small = /^(?:0|[1-9][0-9]{0,14})$/
/** Go's own syntax, which is used for what begins with a dot: an underscore may only stand between two digits. */
const fraction = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/
const notations = [
  [/^([-+]?)0[oO]?([0-7]+)$/, '0o'],
  [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^([-+]?)0[bB]([01]+)$/, '0b'],
  // A sign behind the prefix is read too, though no other reader does so.
  [/^0b([-+])([01]+)$/, '0b'],
] as const

/**
 * The value that goyaml.v2, through JSON, gives the plain scalar `text`: null, a boolean, a float64 or the text.
 *
 * Infinities and not-a-number come out as such, though JSON has no form for them: whoever reads must refuse them.
 * Timestamps and sexagesimal numbers are text; integers that fit in no 64 bits are text unless they are decimal.
 */
export function resolvePlain(text: string): null | boolean | number | string {
  const word = words.get(text)
  return word !== undefined ? word : (resolveNumber(text) ?? text)
}

/**
 * The map key that goyaml.v2, through JSON, makes of the plain scalar `text`; undefined for null, which is no key.
 *
 * Integers become their decimal digits, and other numbers are printed as the nearest float32.
 */
export function resolveKey(text: string): string | undefined {
  const value = resolvePlain(text)
  if (typeof value !== 'number') return value === null ? undefined : String(value)
  const digits = text.replaceAll('_', '')
  if (!Number.isFinite(value)) return keyOfFloat(value)
  if (/^[-+]?(?:0|[1-9][0-9]*)$/.test(digits)) {
    const whole = BigInt(digits.replace('+', ''))
    return fits(whole, digits[0]) ? String(whole) : keyOfFloat(value)
  }
  return text[0] !== '.' && wholeNumber(digits) !== undefined ? String(wholeNumber(digits)) : keyOfFloat(value)
}

/** A float64 as Go's strconv prints it in the form `g` with as few digits as tell it from others. */
export function shortestFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** A number as the name of a key: the shortest digits that name the same float32. */
export function keyOfFloat(value: number): string {
  const single = Math.fround(value)
  if (single === 0 || !Number.isFinite(single)) return shortestFloat(single)
  let digits = 1
  while (Math.fround(Number(single.toPrecision(digits))) !== single) digits++
  return shortestFloat(Number(single.toPrecision(digits)))
}

function resolveNumber(text: string): number | undefined {
  const first = text.charCodeAt(0)
  if (first === 46) return fraction.test(text) ? finite(Number(text.replaceAll('_', ''))) : undefined
  // Only a sign or a digit can start any other number.
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45)) return undefined
  if (small.test(text)) return Number(text)
  const digits = text.includes('_') ? text.replaceAll('_', '') : text
  const whole = wholeNumber(digits)
  if (whole !== undefined) return Number(whole)
  if (!decimal.test(digits)) return undefined
  const value = finite(Number(digits))
  // Zero has a sign only as a float.
  return value === 0 && !/[.eE]/.test(digits) ? 0 : value
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

/** An integer in a notation other than the decimal one, as far as it fits. */
function wholeNumber(digits: string): bigint | undefined {
  // Each of them begins with a zero, which most texts do not.
  const first = digits.charCodeAt(0)
  if (digits.charCodeAt(first === 43 || first === 45 ? 1 : 0) !== 48) return undefined
  for (const [notation, prefix] of notations) {
    const match = notation.exec(digits)
    if (match === null) continue
    const size = BigInt(prefix + match[2])
    const whole = match[1] === '-' ? -size : size
    if (fits(whole, match[1])) return whole
  }
  return undefined
}

/** Integers have 64 bits; all of them are used for the size only where no sign is written. */
function fits(whole: bigint, sign: string | undefined): boolean {
  return whole >= -(1n << 63n) && whole < 1n << (sign === '+' || sign === '-' ? 63n : 64n)
}

const digitsOnly = /^[-+.0-9][0-9_,]*\.?[0-9_,]*(?:[eE]_*[-+]?[0-9_]*)?$/
const prefixed = /^[-+]?_*0_*[xXoObB][-+_]*[0-9a-fA-F_]*$/
const special = /^[-+]?\.(?:inf|nan)$/i
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?$/
const timestamp = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t]|$)/
const spelled = /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<|)$/i
/** Some readers do without the digits before an exponent. */
const exponent = /^[eE]_*[-+]?[0-9_]+$/

/**
 * Whether some reader would not take the plain scalar `text` for that very string: one of YAML 1.2, or of YAML 1.1 to
 * the letter (with sexagesimal numbers, timestamps, `=` and `<<`), or one more lenient than both. Errs towards yes.
 */
export function isAmbiguous(text: string): boolean {
  const first = text.charCodeAt(0)
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)
    return (
      digitsOnly.test(text) ||
      prefixed.test(text) ||
      special.test(text) ||
      sexagesimal.test(text) ||
      timestamp.test(text)
    )
  return (text.length <= 5 && spelled.test(text)) || exponent.test(text)
}
