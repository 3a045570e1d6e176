const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const
/** Exponent of ten of each decimal suffix, in steps of three, counted from `''`. */
const unit = decimal.indexOf('')

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei)|([numkMGTPE])|[eE]([+-]?\d{1,3}))?$/

/**
 * A quantity in the form in which the API server stores it: the greatest unit that leaves a whole number, in the family
 * of units that the user chose (`2048Mi` is `2Gi`, `2000m` is `2`, `1.5Gi` is `1536Mi`). Numbers count as text. What is
 * no quantity stays as it is.
 */
export function storedQuantity(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  const match = form.exec(String(value))
  const [, sign = '', whole = '', fraction = '', two, ten, exponent] = match ?? []
  if (!match || (whole === '' && fraction === '')) return value
  const digits = BigInt(whole + fraction)
  if (digits === 0n) return '0'
  const minus = sign === '-' ? '-' : ''
  if (two !== undefined) {
    const scaled = digits * 1024n ** BigInt(binary.indexOf(two as 'Ki'))
    const divisor = 10n ** BigInt(fraction.length)
    if (scaled % divisor === 0n) return minus + inBinary(scaled / divisor)
    return minus + inDecimal(digits * 1024n ** BigInt(binary.indexOf(two as 'Ki')), -fraction.length)
  }
  const power = (ten === undefined ? 0 : 3 * (decimal.indexOf(ten as 'm') - unit)) + Number(exponent ?? 0)
  if (exponent !== undefined) return minus + inExponent(digits, power - fraction.length)
  return minus + inDecimal(digits, power - fraction.length)
}

function inBinary(bytes: bigint): string {
  let amount = bytes
  let step = 0
  while (amount % 1024n === 0n && step < binary.length - 1) {
    amount /= 1024n
    step += 1
  }
  return `${amount}${binary[step]}`
}

/** The digits and the power of ten, as a whole number of the greatest unit of a thousand; finer than nano rounds up. */
function steps(digits: bigint, power: number): { amount: bigint; thousands: number } {
  let amount = digits
  let exponent = power
  while (exponent < -9) {
    amount = (amount + 9n) / 10n
    exponent += 1
  }
  while (exponent % 3 !== 0) {
    amount *= 10n
    exponent -= 1
  }
  let thousands = exponent / 3
  while (amount % 1000n === 0n && thousands < decimal.length - 1 - unit) {
    amount /= 1000n
    thousands += 1
  }
  return { amount, thousands }
}

function inDecimal(digits: bigint, power: number): string {
  const { amount, thousands } = steps(digits, power)
  const suffix = decimal[unit + thousands]
  return suffix === undefined
    ? `${amount}${'0'.repeat(3 * (thousands - (decimal.length - 1 - unit)))}E`
    : `${amount}${suffix}`
}

function inExponent(digits: bigint, power: number): string {
  const { amount, thousands } = steps(digits, power)
  return thousands === 0 ? `${amount}` : `${amount}e${3 * thousands}`
}
