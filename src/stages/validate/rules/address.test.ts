import { describe, expect, test } from 'vitest'
import { hostPortMistake, isDomain, isIP, isRange, isTrustDomain, isWildcardDomain } from './address.ts'
import { amount } from './amount.ts'
import { nanoseconds } from './duration.ts'

/** A question, what it is answered with yes, and what with no. */
const questions: readonly (readonly [(text: string) => boolean, readonly string[], readonly string[]])[] = [
  [
    isIP,
    [
      '0.0.0.0',
      '255.255.255.255',
      '::',
      '::1',
      'fd00::',
      '1:2:3:4:5:6:7:8',
      '1::2:3',
      '::ffff:1.2.3.4',
      'fe80::1%eth0',
    ],
    [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '256.0.0.1',
      '01.2.3.4',
      ':::',
      '1:2:3',
      '1::2::3',
      '12345::',
      'g::',
      '1:2:3:4:5:6:7:8:9',
      '::%',
    ],
  ],
  [
    isRange,
    ['10.0.0.0/8', '0.0.0.0/0', '1.2.3.4/32', 'fd00::/8', '::/128'],
    ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', 'fd00::/129', 'a/8', '10.0.0.0/8/8', 'fe80::%a/8', '*', ''],
  ],
  [
    isDomain,
    ['a', 'istiod.istio-system.svc', 'A.b', 'istio.io.', `${'a'.repeat(63)}.b`],
    ['', 'a..b', '-a', 'a_b', '10.0.0.300', '.', `${'a'.repeat(64)}.b`],
  ],
  [isWildcardDomain, ['*', '*.a.b', 'a.b', '*-a.b', '*a.b'], ['a.*.b', '**.a', '*.', '']],
  [isTrustDomain, ['cluster.local', 'td', '1', 'a.b.'], ['', 'a_b', 'a..b', '.']],
]

describe.each(questions)('%o', (ask, right, wrong) => {
  test.each(right)('%s: yes', (text) => expect(ask(text)).toBe(true))
  test.each(wrong)('%s: no', (text) => expect(ask(text)).toBe(false))
})

test.each([
  ['istiod:15012', undefined],
  ['10.0.0.1:1', undefined],
  ['[::1]:65535', undefined],
  ['istiod', 'it has no port'],
  ['', 'it has no port'],
  ['::1:80', 'it has too many colons'],
  ['a:0', '"0" is no port'],
  ['a:65536', '"65536" is no port'],
  ['a:http', '"http" is no port'],
  [':80', '"" is neither a host name nor an IP address'],
  ['a b:80', '"a b" is neither a host name nor an IP address'],
])('host and port of %j', (text, mistake) => {
  expect(hostPortMistake(text)).toBe(mistake)
})

test.each([
  ['0', 0n],
  ['0s', 0n],
  ['1.5s', 1_500_000_000n],
  ['1h30m', 5_400_000_000_000n],
  ['.5ms', 500_000n],
  ['100us', 100_000n],
  ['1µs', 1_000n],
  ['-1s', -1_000_000_000n],
  ['1 minute', undefined],
  ['5', undefined],
  ['s', undefined],
  ['', undefined],
])('%j lasts %s ns', (text, time) => {
  expect(nanoseconds(text)).toBe(time)
})

test.each([
  ['1', '1000m', 0],
  ['500m', 0.5, 0],
  ['1Gi', '1024Mi', 0],
  ['1G', '1Gi', -1],
  ['1.5Gi', '1536Mi', 0],
  ['1e3', '1k', 0],
  ['0.1', '100m', 0],
  ['1n', '0', 1],
  ['-1', '0', -1],
  ['2', '1999m', 1],
  ['9E', '8Ei', -1],
])('%s against %s', (a, b, order) => {
  const [x, y] = [amount(a), amount(b)]
  if (x === undefined || y === undefined) throw new Error('no amount')
  expect(x < y ? -1 : x > y ? 1 : 0).toBe(order)
})

test.each(['', 'm', '1 Gi', '1KiB', 'abc', null, {}, true])('%j is no amount', (value) => {
  expect(amount(value)).toBeUndefined()
})
