/** Functions that choose between values. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { isEmpty } from '../value/kinds.ts'

export const defaultFunctions: Readonly<Record<string, Signature>> = {
  default: {
    parameters: ['any'],
    rest: 'any',
    call: (fallback: unknown, ...given) => (given.length === 0 || isEmpty(given[0]) ? fallback : given[0]),
  },
  empty: { parameters: ['any'], call: isEmpty },
  coalesce: { parameters: [], rest: 'any', call: (...all) => all.find((value) => !isEmpty(value)) ?? null },
  all: { parameters: [], rest: 'any', call: (...all) => !all.some(isEmpty) },
  any: { parameters: [], rest: 'any', call: (...all) => all.some((value) => !isEmpty(value)) },
  ternary: {
    parameters: ['any', 'any', 'bool'],
    call: (yes: unknown, no: unknown, condition: boolean) => (condition ? yes : no),
  },
}
