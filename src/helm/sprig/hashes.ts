/** Checksums of texts. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { bytesOf } from '../../gotemplate/utf8.ts'
import type { Budget } from '../budget.ts'
import { type Sha512Numbers, sha1, sha256, sha512, sha512Numbers } from '../hash/sha.ts'

/** The functions, which count a step for every few characters. */
export function hashFunctions(budget: Budget): Readonly<Record<string, Signature>> {
  const onText = (call: (text: string) => unknown): Signature => ({
    parameters: ['string'],
    call(text: string) {
      budget.steps(text.length >> 3)
      return call(text)
    },
  })
  let for512: Sha512Numbers | undefined
  return {
    sha1sum: onText((text) => hexadecimal(sha1(bytesOf(text)))),
    sha256sum: onText((text) => hexadecimal(sha256(bytesOf(text)))),
    sha512sum: onText((text) => {
      for512 ??= sha512Numbers()
      return hexadecimal(sha512(bytesOf(text), for512))
    }),
    adler32sum: onText((text) => String(adler32(bytesOf(text)))),
  }
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function adler32(bytes: Uint8Array): number {
  const modulus = 65521
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % modulus
    b = (b + a) % modulus
  }
  return b * 65536 + a
}
