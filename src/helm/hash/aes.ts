/** Decryption with the Advanced Encryption Standard (FIPS 197) and keys of 256 bits. */

const rounds = 14

/** Blocks of 16 bytes, each decrypted and mixed with the encrypted one before it; the first with the starting block. */
export function decryptChain(key: Uint8Array, start: Uint8Array, data: Uint8Array): Uint8Array {
  const { forward, inverse } = boxes()
  const words = expanded(key, forward)
  const out = new Uint8Array(data.length)
  let before = start
  for (let at = 0; at < data.length; at += 16) {
    const block = data.slice(at, at + 16)
    const plain = decryptBlock(block, words, inverse)
    for (let i = 0; i < 16; i++) out[at + i] = (plain[i] ?? 0) ^ (before[i] ?? 0)
    before = block
  }
  return out
}

/** Multiplication in the field of 256 elements. */
function product(a: number, b: number): number {
  let sum = 0
  for (let left = a, right = b; right > 0; right >>= 1) {
    if (right & 1) sum ^= left
    left = (left << 1) ^ (left & 0x80 ? 0x11b : 0)
  }
  return sum
}

/** The substitution of bytes and its inverse. */
function boxes(): { readonly forward: Uint8Array; readonly inverse: Uint8Array } {
  const forward = new Uint8Array(256)
  const inverse = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let reciprocal = 0
    for (let other = 1; other < 256 && byte > 0; other++) if (product(byte, other) === 1) reciprocal = other
    let value = 0x63
    for (let turn = 0; turn < 5; turn++) value ^= ((reciprocal << turn) | (reciprocal >> (8 - turn))) & 0xff
    forward[byte] = value
    inverse[value] = byte
  }
  return { forward, inverse }
}

/** The keys of all rounds in a row. */
function expanded(key: Uint8Array, box: Uint8Array): Uint8Array {
  const words = new Uint8Array(16 * (rounds + 1))
  words.set(key)
  let constant = 1
  for (let at = 32; at < words.length; at += 4) {
    let last = words.slice(at - 4, at)
    if (at % 32 === 0) {
      last = Uint8Array.of(last[1] ?? 0, last[2] ?? 0, last[3] ?? 0, last[0] ?? 0).map((byte) => box[byte] ?? 0)
      last[0] = (last[0] ?? 0) ^ constant
      constant = product(constant, 2)
    } else if (at % 32 === 16) last = last.map((byte) => box[byte] ?? 0)
    for (let i = 0; i < 4; i++) words[at + i] = (words[at + i - 32] ?? 0) ^ (last[i] ?? 0)
  }
  return words
}

function decryptBlock(block: Uint8Array, words: Uint8Array, inverse: Uint8Array): Uint8Array {
  let state: Uint8Array = block.slice()
  const addKey = (round: number) => {
    for (let i = 0; i < 16; i++) state[i] = (state[i] ?? 0) ^ (words[16 * round + i] ?? 0)
  }
  addKey(rounds)
  for (let round = rounds - 1; round >= 0; round--) {
    const shifted = state
    state = state.map((_, i) => inverse[shifted[(i + 16 - 4 * (i % 4)) % 16] ?? 0] ?? 0)
    addKey(round)
    if (round > 0) state = unmixed(state)
  }
  return state
}

function unmixed(state: Uint8Array): Uint8Array {
  return state.map((_, i) => {
    const column = i - (i % 4)
    const byte = (turn: number) => state[column + ((i + turn) % 4)] ?? 0
    return product(byte(0), 14) ^ product(byte(1), 11) ^ product(byte(2), 13) ^ product(byte(3), 9)
  })
}
