const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const decimal: { readonly [suffix: string]: number } = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}

const form = /^([+-]?)(\d*)\.?(\d*)(?:(Ki|Mi|Gi|Ti|Pi|Ei)|([numkMGTPE])|[eE]([+-]?\d{1,2}))?$/

/**
 * A quantity such as `500m` or `2Gi` in units of which nothing smaller is stored, so that two can be compared; nothing
 * for what is none.
 */
export function amount(value: unknown): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const [, sign, whole = '', fraction = '', two, ten = '', exponent = '0'] = form.exec(String(value)) ?? []
  if (sign === undefined || whole + fraction === '') return undefined
  const digits = BigInt(`${sign}${whole}${fraction}`)
  const scale = two === undefined ? 1n : 1024n ** BigInt(binary.indexOf(two) + 1)
  const power = smallest + (decimal[ten] ?? 0) + Number(exponent) - fraction.length
  return power >= 0 ? digits * scale * 10n ** BigInt(power) : (digits * scale) / 10n ** BigInt(-power)
}

/** Powers of ten below one that are kept: nano, and digits after its point. */
const smallest = 18
