import { expect, test } from 'vitest'
import { byteLength, bytesOf, joined, textOf, wellFormed } from './utf8.ts'

test.each([
  ['', []],
  ['abc', [0x61, 0x62, 0x63]],
  ['é', [0xc3, 0xa9]],
  ['日', [0xe6, 0x97, 0xa5]],
  ['😀', [0xf0, 0x9f, 0x98, 0x80]],
  ['a\udcc3b', [0x61, 0xc3, 0x62]],
  ['é\udcff', [0xc3, 0xa9, 0xff]],
])('%j is %o', (text, bytes) => {
  expect([...bytesOf(text)]).toEqual(bytes)
  expect(byteLength(text)).toBe(bytes.length)
  expect(textOf(bytes)).toBe(text)
})

test.each([
  ['too long', [0xc0, 0x80]],
  ['too long', [0xe0, 0x80, 0x80]],
  ['too long', [0xf0, 0x80, 0x80, 0x80]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['past the last character', [0xf4, 0x90, 0x80, 0x80]],
  ['cut short', [0xe6, 0x97]],
  ['without a beginning', [0x97]],
])('bytes that are %s stay single bytes', (_, bytes) => {
  expect(textOf(bytes)).toBe(String.fromCharCode(...bytes.map((byte) => 0xdc00 + byte)))
})

test('halves put together are a character again, those left alone print as U+FFFD', () => {
  expect(joined('\udcc3\udca9')).toBe('é')
  expect(wellFormed('\udcc3\udca9 \udcc3')).toBe('é \ufffd')
  expect(wellFormed('plain 😀')).toBe('plain 😀')
})
