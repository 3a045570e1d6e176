/** Functions that tell a value's type. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { typeName } from '../../gotemplate/value.ts'
import { deepEqual, reflectKind } from '../value/kinds.ts'

export const typeFunctions: Readonly<Record<string, Signature>> = {
  typeOf: { parameters: ['any'], call: typeName },
  typeIs: { parameters: ['string', 'any'], call: (name: string, value: unknown) => name === typeName(value) },
  typeIsLike: {
    parameters: ['string', 'any'],
    call: (name: string, value: unknown) => name === typeName(value) || `*${name}` === typeName(value),
  },
  kindOf: { parameters: ['any'], call: reflectKind },
  kindIs: { parameters: ['string', 'any'], call: (kind: string, value: unknown) => kind === reflectKind(value) },
  deepEqual: { parameters: ['any', 'any'], deep: true, call: deepEqual },
}
