/** Keyed hashes, and keys from passwords, with SHA-256. */

import { sha256 } from './sha.ts'

const blockSize = 64

/** The HMAC (RFC 2104) of a message. */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockSize)
  block.set(key.length > blockSize ? sha256(key) : key)
  const inner = sha256(
    joined(
      block.map((byte) => byte ^ 0x36),
      message,
    ),
  )
  return sha256(
    joined(
      block.map((byte) => byte ^ 0x5c),
      inner,
    ),
  )
}

/** PBKDF2 (RFC 8018) with a single iteration, which is what scrypt needs. */
export function pbkdf2(password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const key = new Uint8Array(length)
  for (let at = 0, count = 1; at < length; at += 32, count++) {
    const counter = new Uint8Array([count >>> 24, count >>> 16, count >>> 8, count])
    key.set(hmac(password, joined(salt, counter)).subarray(0, length - at), at)
  }
  return key
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
