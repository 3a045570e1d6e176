/** The hash functions of the Secure Hash Standard (FIPS 180-4). */

/** The bytes with a one, zeros and their length in bits, so that blocks of `size` bytes come out. */
function padded(bytes: Uint8Array, size: 64 | 128): Uint8Array {
  const blocks = Math.ceil((bytes.length + 1 + size / 8) / size)
  const message = new Uint8Array(blocks * size)
  message.set(bytes)
  message[bytes.length] = 0x80
  new DataView(message.buffer).setBigUint64(message.length - 8, BigInt(bytes.length) * 8n)
  return message
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

export function sha1(bytes: Uint8Array): Uint8Array {
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const message = new DataView(padded(bytes, 64).buffer)
  const words = new Uint32Array(80)
  for (let block = 0; block < message.byteLength; block += 64) {
    for (let i = 0; i < 80; i++)
      words[i] =
        i < 16
          ? message.getUint32(block + 4 * i)
          : rotated((words[i - 3] ?? 0) ^ (words[i - 8] ?? 0) ^ (words[i - 14] ?? 0) ^ (words[i - 16] ?? 0), 1)
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
    for (let i = 0; i < 80; i++) {
      const [mixed, constant] = round1(i, b, c, d)
      const next = (rotated(a, 5) + mixed + e + constant + (words[i] ?? 0)) | 0
      e = d
      d = c
      c = rotated(b, 30)
      b = a
      a = next
    }
    addTo(state, [a, b, c, d, e])
  }
  return bytesOf32(state)
}

function round1(i: number, b: number, c: number, d: number): [mixed: number, constant: number] {
  if (i < 20) return [(b & c) | (~b & d), 0x5a827999]
  if (i < 40) return [b ^ c ^ d, 0x6ed9eba1]
  if (i < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
  return [b ^ c ^ d, 0xca62c1d6]
}

/** The first digits of the square roots of the first eight primes, with which SHA-256 begins. */
const start256 = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]
/** Those of the cube roots of the first 64. They are cheaper to read than to find. */
const constants256 = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]

export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(start256)
  const message = new DataView(padded(bytes, 64).buffer)
  const words = new Uint32Array(64)
  for (let block = 0; block < message.byteLength; block += 64) {
    for (let i = 0; i < 64; i++) words[i] = i < 16 ? message.getUint32(block + 4 * i) : scheduled(words, i)
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let i = 0; i < 64; i++) {
      const one = rotated(e, 26) ^ rotated(e, 21) ^ rotated(e, 7)
      const first = (h + one + ((e & f) ^ (~e & g)) + (constants256[i] ?? 0) + (words[i] ?? 0)) | 0
      const zero = rotated(a, 30) ^ rotated(a, 19) ^ rotated(a, 10)
      const second = (zero + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + first) | 0
      d = c
      c = b
      b = a
      a = (first + second) | 0
    }
    addTo(state, [a, b, c, d, e, f, g, h])
  }
  return bytesOf32(state)
}

function scheduled(words: Uint32Array, i: number): number {
  const early = words[i - 15] ?? 0
  const late = words[i - 2] ?? 0
  const zero = rotated(early, 25) ^ rotated(early, 14) ^ (early >>> 3)
  const one = rotated(late, 15) ^ rotated(late, 13) ^ (late >>> 10)
  return (words[i - 16] ?? 0) + zero + (words[i - 7] ?? 0) + one
}

function addTo(state: Uint32Array, values: readonly number[]) {
  for (const [i, value] of values.entries()) state[i] = (state[i] ?? 0) + value
}

function bytesOf32(words: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4))
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word)
  return new Uint8Array(view.buffer)
}

const all64 = (1n << 64n) - 1n

/** The first digits of the roots of the first primes. */
function rootDigits(count: number, root: 2 | 3): bigint[] {
  const digits: bigint[] = []
  for (let n = 2n; digits.length < count; n++) {
    let isPrime = true
    for (let d = 2n; d * d <= n; d++) if (n % d === 0n) isPrime = false
    if (isPrime) digits.push(wholeRoot(n << BigInt(64 * root), root) & all64)
  }
  return digits
}

function wholeRoot(value: bigint, root: 2 | 3): bigint {
  let low = 0n
  let high = 1n << BigInt(Math.ceil(value.toString(2).length / root) + 1)
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** BigInt(root) <= value) low = middle
    else high = middle
  }
  return low
}

/** The numbers that SHA-512 begins with and adds on the way, which take longer to find than a text to hash. */
export interface Sha512Numbers {
  readonly constants: readonly bigint[]
  readonly start: readonly bigint[]
}

export function sha512Numbers(): Sha512Numbers {
  return { constants: rootDigits(80, 3), start: rootDigits(8, 2) }
}

export function sha512(bytes: Uint8Array, { constants, start }: Sha512Numbers): Uint8Array {
  let state = start
  const message = new DataView(padded(bytes, 128).buffer)
  for (let block = 0; block < message.byteLength; block += 128) {
    const words: bigint[] = []
    for (let i = 0; i < 16; i++) words.push(message.getBigUint64(block + 8 * i))
    for (let i = 16; i < 80; i++) {
      const early = words[i - 15] ?? 0n
      const late = words[i - 2] ?? 0n
      const zero = right(early, 1n) ^ right(early, 8n) ^ (early >> 7n)
      const one = right(late, 19n) ^ right(late, 61n) ^ (late >> 6n)
      words.push(((words[i - 16] ?? 0n) + zero + (words[i - 7] ?? 0n) + one) & all64)
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state
    for (let i = 0; i < 80; i++) {
      const one = right(e, 14n) ^ right(e, 18n) ^ right(e, 41n)
      const first = h + one + ((e & f) ^ (~e & g & all64)) + (constants[i] ?? 0n) + (words[i] ?? 0n)
      const second = (right(a, 28n) ^ right(a, 34n) ^ right(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))
      h = g
      g = f
      f = e
      e = (d + first) & all64
      d = c
      c = b
      b = a
      a = (first + second) & all64
    }
    const next = [a, b, c, d, e, f, g, h]
    state = state.map((word, i) => (word + (next[i] ?? 0n)) & all64)
  }
  const view = new DataView(new ArrayBuffer(64))
  for (const [i, word] of state.entries()) view.setBigUint64(8 * i, word)
  return new Uint8Array(view.buffer)
}

function right(value: bigint, by: bigint): bigint {
  return (value >> by) | ((value << (64n - by)) & all64)
}
