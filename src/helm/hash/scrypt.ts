/** The function scrypt (RFC 7914), which makes a key from a password at a cost in time and memory. */

import { pbkdf2 } from './hmac.ts'

export interface ScryptCost {
  readonly iterations: number
  readonly blocks: number
  readonly parallel: number
}

export function scrypt(
  password: Uint8Array,
  salt: Uint8Array,
  { iterations, blocks, parallel }: ScryptCost,
  length: number,
): Uint8Array {
  const size = 128 * blocks
  const data = pbkdf2(password, salt, parallel * size)
  for (let i = 0; i < parallel; i++) mix(data.subarray(i * size, (i + 1) * size), iterations, blocks)
  return pbkdf2(password, data, length)
}

function mix(bytes: Uint8Array, iterations: number, blocks: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const count = bytes.length / 4
  let block = Uint32Array.from({ length: count }, (_, i) => view.getUint32(4 * i, true))
  let spare = new Uint32Array(count)
  const memory = new Uint32Array(iterations * count)
  const step = () => {
    mixBlocks(block, spare, blocks)
    const mixed = spare
    spare = block
    block = mixed
  }
  for (let i = 0; i < iterations; i++) {
    memory.set(block, i * count)
    step()
  }
  for (let i = 0; i < iterations; i++) {
    const at = ((block[(2 * blocks - 1) * 16] ?? 0) & (iterations - 1)) * count
    for (let j = 0; j < count; j++) block[j] = (block[j] ?? 0) ^ (memory[at + j] ?? 0)
    step()
  }
  for (const [i, word] of block.entries()) view.setUint32(4 * i, word, true)
}

/** Each block of 64 bytes is mixed with the one before; those at even places come first in the result. */
function mixBlocks(from: Uint32Array, to: Uint32Array, blocks: number) {
  const state = from.slice((2 * blocks - 1) * 16)
  for (let i = 0; i < 2 * blocks; i++) {
    for (let j = 0; j < 16; j++) state[j] = (state[j] ?? 0) ^ (from[16 * i + j] ?? 0)
    salsa(state)
    to.set(state, 16 * ((i >> 1) + (i & 1) * blocks))
  }
}

/** The rows and columns on which a round works, each turned so that the changed word comes first. */
const quarters = [
  [4, 0, 12, 7],
  [9, 5, 1, 7],
  [14, 10, 6, 7],
  [3, 15, 11, 7],
  [8, 4, 0, 9],
  [13, 9, 5, 9],
  [2, 14, 10, 9],
  [7, 3, 15, 9],
  [12, 8, 4, 13],
  [1, 13, 9, 13],
  [6, 2, 14, 13],
  [11, 7, 3, 13],
  [0, 12, 8, 18],
  [5, 1, 13, 18],
  [10, 6, 2, 18],
  [15, 11, 7, 18],
  [1, 0, 3, 7],
  [6, 5, 4, 7],
  [11, 10, 9, 7],
  [12, 15, 14, 7],
  [2, 1, 0, 9],
  [7, 6, 5, 9],
  [8, 11, 10, 9],
  [13, 12, 15, 9],
  [3, 2, 1, 13],
  [4, 7, 6, 13],
  [9, 8, 11, 13],
  [14, 13, 12, 13],
  [0, 3, 2, 18],
  [5, 4, 7, 18],
  [10, 9, 8, 18],
  [15, 14, 13, 18],
] as const

/** Salsa20 with eight rounds, two at a time. */
function salsa(state: Uint32Array) {
  const words = state.slice()
  for (let round = 0; round < 4; round++)
    for (const [target, a, b, by] of quarters) {
      const sum = ((words[a] ?? 0) + (words[b] ?? 0)) | 0
      words[target] = (words[target] ?? 0) ^ ((sum << by) | (sum >>> (32 - by)))
    }
  for (let i = 0; i < 16; i++) state[i] = (state[i] ?? 0) + (words[i] ?? 0)
}
