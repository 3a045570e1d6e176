import { expect, test } from 'vitest'
import { handsReplicas, isBefore, minorOf, releaseOf, type Stated, strangeVersion } from './release.ts'

test.each<[stated: Stated, release: string | undefined]>([
  [{ version: '1.28.0', appVersion: '1.28.0' }, '1.28.0'],
  [{ version: '0.4.1', appVersion: '1.28.0-vendor' }, '1.28.0-vendor'],
  [{ version: '1.28.0+build', appVersion: '' }, '1.28.0+build'],
  [{ version: 'v1.27.3', appVersion: undefined }, '1.27.3'],
  // What stands in a source tree.
  [{ version: '1.0.0', appVersion: '1.0.0' }, undefined],
  [{ version: '1.1.0', appVersion: 'latest' }, undefined],
  [{ version: '2.6.1', appVersion: '2.6.1' }, undefined],
  [{}, undefined],
])('of %j is %j', (stated, release) => {
  expect(releaseOf(stated)).toBe(release)
})

test.each<[release: string | undefined, minor: number | undefined, isOlder: boolean]>([
  ['1.23.6', 23, true],
  ['1.24.0', 24, false],
  ['1.30.3-vendor.1', 30, false],
  ['1.20', 20, true],
  ['1.9999.0', undefined, false],
  ['1.28x', undefined, false],
  [undefined, undefined, false],
])('%j has the minor version %j', (release, minor, isOlder) => {
  expect(minorOf(release)).toBe(minor)
  expect(isBefore(release, 24)).toBe(isOlder)
})

test.each<[release: string | undefined, hands: boolean]>([
  ['1.28.7', false],
  ['1.28.8', true],
  ['1.28.10-vendor', true],
  ['1.29.4', false],
  ['1.30.3', false],
  ['1.30.4', true],
  ['1.31.0', true],
  ['1.28', false],
  [undefined, false],
])('%j hands replicas: %j', (release, hands) => {
  expect(handsReplicas(release)).toBe(hands)
})

test.each<[stated: Stated, strange: string | undefined]>([
  [{ version: '1.28.0', appVersion: '2.0' }, undefined],
  [{ version: '1.0.0', appVersion: '1.0.0' }, undefined],
  [{ version: '1.1.0', appVersion: 'latest' }, undefined],
  [{ version: '1.0.0' }, undefined],
  [{ version: '2.6.1', appVersion: '2.6.1' }, '2.6.1'],
  [{ version: '1.0.0', appVersion: '1.4.3' }, '1.4.3'],
  [{ version: '3.0.0' }, '3.0.0'],
])('%j has the strange version %j', (stated, strange) => {
  expect(strangeVersion(stated)).toBe(strange)
})
