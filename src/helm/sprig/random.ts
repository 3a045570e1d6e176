/** Functions that draw random numbers, from a seed: the same seed gives the same texts on every run. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { bytesOf } from '../../gotemplate/utf8.ts'
import type { Budget } from '../budget.ts'
import { sha256 } from '../hash/sha.ts'
import { base64, encoded } from './encoding.ts'

const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')

/**
 * sprig's random functions on numbers that follow from `seed` and from how many were drawn before, in the order in which
 * Helm executes templates. Keys, certificates and salted passwords are not among them: nobody should deploy one that
 * whoever knows the seed can make again.
 */
export function randomFunctions(seed: string, budget: Budget): Record<string, Signature> {
  const draw = drawer(seed)
  const below = (count: number) => Math.floor((count * number(draw(6))) / 2 ** 48)
  const textOf = (characters: string): Signature => ({
    parameters: ['int'],
    call: (count: bigint) => {
      const length = Math.max(0, Number(count))
      take(length)
      return Array.from({ length }, () => characters.charAt(below(characters.length))).join('')
    },
  })
  const take = (length: number) => {
    budget.text(length)
    budget.steps(length)
  }
  return {
    randAlphaNum: textOf(letters + digits),
    randAlpha: textOf(letters),
    randNumeric: textOf(digits),
    randAscii: textOf(printable),
    randBytes: {
      parameters: ['int'],
      call: (count: bigint) => {
        if (count < 0n) throw new FunctionError(`"randBytes" must be asked for at least 0 bytes, not ${count}`)
        take(Number(count))
        return encoded(draw(Number(count)), base64)
      },
    },
    randInt: {
      parameters: ['int', 'int'],
      call: (least: bigint, end: bigint) => {
        if (end <= least) throw new FunctionError(`"randInt" must have a range: ${end} is not above ${least}`)
        return least + BigInt(below(Number(end - least)))
      },
    },
    shuffle: {
      parameters: ['string'],
      call: (text: string) => {
        const characters = Array.from(text)
        take(characters.length)
        for (let last = characters.length - 1; last > 0; last--) {
          const other = below(last + 1)
          const moved = characters[last] ?? ''
          characters[last] = characters[other] ?? ''
          characters[other] = moved
        }
        return characters.join('')
      },
    },
    uuidv4: {
      parameters: [],
      call: () => {
        const bytes = draw(16)
        bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
        bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
        const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
        return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
      },
    },
  }
}

/** Bytes as they come: digests of the seed and of a number that counts up. */
function drawer(seed: string): (count: number) => Uint8Array {
  let block = 0
  let left = new Uint8Array()
  return (count) => {
    const drawn = new Uint8Array(count)
    for (let at = 0; at < count; ) {
      if (left.length === 0) left = Uint8Array.from(sha256(bytesOf(`${seed}\n${block++}`)))
      const part = left.subarray(0, count - at)
      drawn.set(part, at)
      left = left.slice(part.length)
      at += part.length
    }
    return drawn
  }
}

function number(bytes: Uint8Array): number {
  return bytes.reduce((total, byte) => total * 256 + byte, 0)
}
