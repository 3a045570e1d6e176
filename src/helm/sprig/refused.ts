/** Functions that sprig has but that give something else at each call. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError, WithheldError } from '../../gotemplate/error.ts'
import type { Parameter } from '../../gotemplate/function.ts'

const reasons = {
  random:
    'needs random numbers, which would make each rendering another; pass the value in instead, or give a fixed seed',
  key: 'makes a key or certificate from random numbers, which would make each rendering another; pass one in instead',
  salt: 'needs a random salt, which would make each rendering another; pass the value in instead',
} as const

/** What each takes, so that arguments which it could never take are the mistake that Helm finds too. */
const refused: Readonly<Record<string, readonly [keyof typeof reasons, ...Parameter[]]>> = {
  randAlphaNum: ['random', 'int'],
  randAlpha: ['random', 'int'],
  randAscii: ['random', 'int'],
  randNumeric: ['random', 'int'],
  randBytes: ['random', 'int'],
  shuffle: ['random', 'string'],
  uuidv4: ['random'],
  bcrypt: ['salt', 'string'],
  encryptAES: ['salt', 'string', 'string'],
  genPrivateKey: ['key', 'string'],
  genCA: ['key', 'string', 'int'],
  genCAWithKey: ['key', 'string', 'int', 'string'],
  genSelfSignedCert: ['key', 'string', 'list', 'list', 'int'],
  genSelfSignedCertWithKey: ['key', 'string', 'list', 'list', 'int', 'string'],
  genSignedCert: ['key', 'string', 'list', 'list', 'int', 'any'],
  genSignedCertWithKey: ['key', 'string', 'list', 'list', 'int', 'any', 'string'],
}

/** They are there, so that a template which names them can be read, and withhold what they would give. */
export const refusedFunctions: Readonly<Record<string, Signature>> = {
  ...Object.fromEntries(
    Object.entries(refused).map(([name, [reason, ...parameters]]) => [
      name,
      { parameters, call: (...args: unknown[]) => withhold(name, reason, args) },
    ]),
  ),
  // Whether the number is zero, and so whether it counts as empty, can't be known.
  randInt: { parameters: ['int', 'int'], call: () => fail('randInt', 'random') },
  htpasswd: {
    parameters: ['string', 'string'],
    call: (user: string) => (user.includes(':') ? `invalid username: ${user}` : withhold('htpasswd', 'salt', [])),
  },
}

function withhold(name: string, reason: keyof typeof reasons, [first]: readonly unknown[]): never {
  // A text of no characters is empty, which a value that is withheld never is.
  if (first === '' || (typeof first === 'bigint' && first <= 0n)) fail(name, reason)
  throw new WithheldError(`"${name}" ${reasons[reason]}`, /^gen.*(CA|Cert)/.test(name) ? ['Cert', 'Key'] : [])
}

function fail(name: string, reason: keyof typeof reasons): never {
  throw new FunctionError(`"${name}" ${reasons[reason]}`)
}
