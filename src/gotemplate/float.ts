/** A float64 as text in each of Go's notations, correct to the last digit. */

/** Which notation: `%b %e %f %g %x`, as `strconv` names them. */
export type Notation = 'b' | 'e' | 'f' | 'g' | 'x'

/** Decimal digits of a positive number: 0.d₁d₂d₃… × 10^point, without zeros at the end. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

/** The number in the notation; without a precision it has as many digits as tell it from every other float64. */
export function formatFloat(value: number, notation: Notation, precision?: number): string {
  if (Number.isNaN(value)) return 'NaN'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  if (size === Number.POSITIVE_INFINITY) return sign === '' ? '+Inf' : '-Inf'
  return sign + notations[notation](size, precision)
}

const notations: Readonly<Record<Notation, (size: number, precision: number | undefined) => string>> = {
  b: (size) => {
    const { mantissa, exponent } = binary(size)
    return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
  },
  e: (size, precision) => {
    const decimal = precision === undefined ? shortest(size) : rounded(exact(size), precision + 1)
    return scientific(decimal, precision ?? Math.max(decimal.digits.length - 1, 0))
  },
  f: (size, precision) => {
    if (precision === undefined) return plain(shortest(size), undefined)
    const all = exact(size)
    return plain(rounded(all, all.point + precision), precision)
  },
  g: (size, precision) => {
    const wanted = precision === 0 ? 1 : precision
    const decimal = wanted === undefined ? shortest(size) : rounded(exact(size), wanted)
    const { length } = decimal.digits
    const exponent = length === 0 ? -1 : decimal.point - 1
    // Beyond this exponent Go changes to scientific notation.
    const limit = wanted === undefined ? 6 : wanted > length && length >= decimal.point ? length : wanted
    if (length > 0 && (exponent < -4 || exponent >= limit)) return scientific(decimal, length - 1)
    return plain(decimal, Math.max(length - decimal.point, 0))
  },
  x: hexadecimal,
}

/** The exact value as mantissa × 2^exponent, with the 53 bits that a float64 stores. */
function binary(size: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, size)
  const bits = view.getBigUint64(0)
  const fraction = bits & ((1n << 52n) - 1n)
  const stored = Number(bits >> 52n)
  return stored === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: stored - 1075 }
}

function exact(size: number): Decimal {
  const { mantissa, exponent } = binary(size)
  if (mantissa === 0n) return { digits: '', point: 0 }
  // A power of two below one is a power of five shifted in the decimal system.
  const digits = String(exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent))
  return trimmed(digits, digits.length + Math.min(exponent, 0))
}

function shortest(size: number): Decimal {
  if (size === 0) return { digits: '', point: 0 }
  const [digits = '', exponent = ''] = size.toExponential().split('e')
  return trimmed(digits.replace('.', ''), Number(exponent) + 1)
}

/** The first `count` digits, rounded half to even. */
function rounded({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point }
  if (count < 0) return { digits: '', point: 0 }
  const kept = digits.slice(0, count)
  const next = digits.charAt(count)
  const odd = '13579'.includes(kept.charAt(count - 1) || '0')
  const up = next > '5' || (next === '5' && (digits.length > count + 1 || odd))
  if (!up) return trimmed(kept, point)
  const raised = String(BigInt(kept || '0') + 1n)
  const padded = raised.padStart(count, '0')
  return trimmed(padded, point + padded.length - count)
}

function trimmed(digits: string, point: number): Decimal {
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? { digits: '', point: 0 } : { digits: kept, point }
}

function scientific({ digits, point }: Decimal, precision: number): string {
  const all = digits.padEnd(precision + 1, '0')
  const fraction = precision > 0 ? `.${all.slice(1, precision + 1)}` : ''
  return `${all.charAt(0)}${fraction}e${power(digits === '' ? 0 : point - 1)}`
}

function plain({ digits, point }: Decimal, precision: number | undefined): string {
  const count = precision ?? Math.max(digits.length - point, 0)
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = `${'0'.repeat(Math.max(-point, 0))}${digits.slice(Math.max(point, 0))}`
  return count > 0 ? `${whole}.${fraction.padEnd(count, '0').slice(0, count)}` : whole
}

function hexadecimal(size: number, precision: number | undefined): string {
  let { mantissa, exponent } = binary(size)
  if (mantissa === 0n) return `0x0${precision ? `.${'0'.repeat(precision)}` : ''}p+00`
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n
    exponent--
  }
  let digits = 13
  if (precision !== undefined && precision < 13) {
    const spare = BigInt(4 * (13 - precision))
    const rest = mantissa & ((1n << spare) - 1n)
    mantissa >>= spare
    const half = 1n << (spare - 1n)
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++
    digits = precision
    exponent += Number(spare)
    if (mantissa >> BigInt(4 * digits) > 1n) {
      mantissa >>= 1n
      exponent++
    }
  }
  const text = mantissa.toString(16)
  const fraction = precision === undefined ? text.slice(1).replace(/0+$/, '') : text.slice(1).padEnd(precision, '0')
  return `0x${text.charAt(0)}${fraction === '' ? '' : `.${fraction}`}p${power(exponent + 4 * digits)}`
}

function power(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}
