/** Functions that sprig has but that give something else at each call. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'

const reasons = {
  random:
    'needs random numbers, which would make each rendering another; pass the value in instead, or give a fixed seed',
  key: 'makes a key or certificate from random numbers, which would make each rendering another; pass one in instead',
  salt: 'needs a random salt, which would make each rendering another; pass the value in instead',
} as const

const refused: Readonly<Record<string, keyof typeof reasons>> = {
  randAlphaNum: 'random',
  randAlpha: 'random',
  randAscii: 'random',
  randNumeric: 'random',
  randBytes: 'random',
  randInt: 'random',
  shuffle: 'random',
  uuidv4: 'random',
  bcrypt: 'salt',
  encryptAES: 'salt',
  genPrivateKey: 'key',
  genCA: 'key',
  genCAWithKey: 'key',
  genSelfSignedCert: 'key',
  genSelfSignedCertWithKey: 'key',
  genSignedCert: 'key',
  genSignedCertWithKey: 'key',
}

/** They are there, so that a template which names them can be read, and fail when they are called. */
export const refusedFunctions: Readonly<Record<string, Signature>> = {
  ...Object.fromEntries(
    Object.entries(refused).map(([name, reason]) => [
      name,
      { parameters: [], rest: 'any', call: () => fail(name, reason) },
    ]),
  ),
  htpasswd: {
    parameters: ['string', 'string'],
    call: (user: string) => (user.includes(':') ? `invalid username: ${user}` : fail('htpasswd', 'salt')),
  },
}

function fail(name: string, reason: keyof typeof reasons): never {
  throw new FunctionError(`"${name}" ${reasons[reason]}`)
}
