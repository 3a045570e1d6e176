/** The hash functions of the Secure Hash Standard (FIPS 180-4). */

/** The first digits of the roots of the first primes, which the standard takes as constants. */
function rootDigits(count: number, root: 2 | 3, bits: 32 | 64): bigint[] {
  const digits: bigint[] = []
  for (let n = 2n; digits.length < count; n++) {
    let isPrime = true
    for (let d = 2n; d * d <= n; d++) if (n % d === 0n) isPrime = false
    if (isPrime) digits.push(wholeRoot(n << BigInt(bits * root), root) & ((1n << BigInt(bits)) - 1n))
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

/** The numbers that a hash function begins with and adds on the way, which take longer to find than a text to hash. */
export interface Sha256Numbers {
  readonly constants: Uint32Array
  readonly start: Uint32Array
}

export function sha256Numbers(): Sha256Numbers {
  return {
    constants: Uint32Array.from(rootDigits(64, 3, 32), Number),
    start: Uint32Array.from(rootDigits(8, 2, 32), Number),
  }
}

export function sha256(bytes: Uint8Array, { constants, start }: Sha256Numbers): Uint8Array {
  const state = start.slice()
  const message = new DataView(padded(bytes, 64).buffer)
  const words = new Uint32Array(64)
  for (let block = 0; block < message.byteLength; block += 64) {
    for (let i = 0; i < 64; i++) words[i] = i < 16 ? message.getUint32(block + 4 * i) : scheduled(words, i)
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let i = 0; i < 64; i++) {
      const one = rotated(e, 26) ^ rotated(e, 21) ^ rotated(e, 7)
      const first = (h + one + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (words[i] ?? 0)) | 0
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

export interface Sha512Numbers {
  readonly constants: readonly bigint[]
  readonly start: readonly bigint[]
}

export function sha512Numbers(): Sha512Numbers {
  return { constants: rootDigits(80, 3, 64), start: rootDigits(8, 2, 64) }
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
