/** Functions with passwords and keys that give the same at each call. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { bytesOf, textOf } from '../../gotemplate/utf8.ts'
import { Integer, typed } from '../../gotemplate/value.ts'
import type { Budget } from '../budget.ts'
import { decryptChain } from '../hash/aes.ts' // on demand
import { hmac } from '../hash/hmac.ts' // on demand
import { scrypt } from '../hash/scrypt.ts' // on demand
import { base64, decoded } from './encoding.ts'

/** The steps that a derived password counts: to take long is what its algorithm is for. */
const derivation = 1_000_000

export function secretFunctions(budget: Budget): Readonly<Record<string, Signature>> {
  return {
    derivePassword: {
      parameters: ['any', 'string', 'string', 'string', 'string'],
      call(...args: Parameters<typeof derived>) {
        budget.steps(derivation)
        return derived(...args)
      },
    },
    decryptAES: { parameters: ['string', 'string'], call: decrypted },
    buildCustomCert: { parameters: ['string', 'string'], call: certificate },
  }
}

/** The forms of passwords, in which a letter stands for one of a class of characters. */
const forms: Readonly<Record<string, string>> = {
  maximum: 'anoxxxxxxxxxxxxxxxxx axxxxxxxxxxxxxxxxxno',
  long:
    'CvcvnoCvcvCvcv CvcvCvcvnoCvcv CvcvCvcvCvcvno CvccnoCvcvCvcv CvccCvcvnoCvcv CvccCvcvCvcvno CvcvnoCvccCvcv ' +
    'CvcvCvccnoCvcv CvcvCvccCvcvno CvcvnoCvcvCvcc CvcvCvcvnoCvcc CvcvCvcvCvccno CvccnoCvccCvcv CvccCvccnoCvcv ' +
    'CvccCvccCvcvno CvcvnoCvccCvcc CvcvCvccnoCvcc CvcvCvccCvccno CvccnoCvcvCvcc CvccCvcvnoCvcc CvccCvcvCvccno',
  medium: 'CvcnoCvc CvcCvcno',
  short: 'Cvcn',
  basic: 'aaanaaan aannaaan aaannaaa',
  pin: 'nnnn',
}

const classes: Readonly<Record<string, string>> = {
  V: 'AEIOU',
  C: 'BCDFGHJKLMNPQRSTVWXYZ',
  v: 'aeiou',
  c: 'bcdfghjklmnpqrstvwxyz',
  A: 'AEIOUBCDFGHJKLMNPQRSTVWXYZ',
  a: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz',
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()',
}

const cost = { iterations: 32_768, blocks: 8, parallel: 2 }

/** The password of a site by the algorithm "Master Password". */
function derived(counter: unknown, type: string, password: string, user: string, site: string): string {
  const count = counter instanceof Integer ? counter.value : counter
  if (typeof count !== 'bigint' || count < 0n || count >= 1n << 32n)
    throw new FunctionError('wrong type for value; expected uint32')
  const known = Object.hasOwn(forms, type) ? forms[type] : undefined
  if (known === undefined) return `cannot find password template ${type}`
  const purpose = bytesOf('com.lyndir.masterpassword')
  const salt = Uint8Array.of(...purpose, ...sized(bytesOf(user).length), ...bytesOf(user))
  const key = scrypt(bytesOf(password), salt, cost, 64)
  const message = Uint8Array.of(...purpose, ...sized(bytesOf(site).length), ...bytesOf(site), ...sized(Number(count)))
  const seed: Uint8Array = hmac(key, message)
  const choices = known.split(' ')
  const form = choices[(seed[0] ?? 0) % choices.length] ?? ''
  return Array.from(form, (letter, i) => {
    const characters = classes[letter] ?? ''
    return characters.charAt((seed[i + 1] ?? 0) % characters.length)
  }).join('')
}

/** A number in four bytes. */
function sized(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

function decrypted(password: string, text: string): string {
  if (text === '') return ''
  const key = new Uint8Array(32)
  key.set(bytesOf(password).subarray(0, 32))
  const source = decoded(text, base64)
  if ('at' in source) throw new FunctionError(`illegal base64 data at input byte ${source.at}`)
  const { bytes } = source
  if (bytes.length < 16)
    throw new FunctionError(`runtime error: slice bounds out of range [:16] with capacity ${bytes.length}`)
  if (bytes.length % 16 !== 0) throw new FunctionError('crypto/cipher: input not full blocks')
  const plain: Uint8Array = decryptChain(key, Uint8Array.from(bytes.slice(0, 16)), Uint8Array.from(bytes.slice(16)))
  const padding = plain.at(-1)
  if (padding === undefined) throw new FunctionError('runtime error: index out of range [-1]')
  if (padding > plain.length)
    throw new FunctionError(`runtime error: slice bounds out of range [:${plain.length - padding}]`)
  return textOf(plain.subarray(0, plain.length - padding))
}

/** A certificate and its key, which must be in PEM below base64. */
function certificate(certificate: string, key: string): object {
  const part = (text: string, name: string) => {
    const source = decoded(text, base64)
    if ('at' in source) throw new FunctionError(`unable to decode base64 ${name}`)
    return textOf(source.bytes)
  }
  const cert = part(certificate, 'certificate')
  const privateKey = part(key, 'private key')
  if (!/-----BEGIN ([^-]+)-----[\s\S]*-----END \1-----/.test(cert))
    throw new FunctionError('unable to decode certificate')
  const type = /-----BEGIN ([^-]+)-----[\s\S]*-----END \1-----/.exec(privateKey)?.[1]
  if (type === undefined) throw new FunctionError('error parsing private key: no PEM data in input')
  if (!type.endsWith('PRIVATE KEY'))
    throw new FunctionError(`error parsing private key: no private key data in PEM block of type ${type}`)
  return typed({ Cert: cert, Key: privateKey }, { name: 'sprig.certificate', struct: true })
}
