import { expect, test } from 'vitest'
import { type Chart, chartValues } from './values.ts'

const chart: Chart = { defaults: { env: {}, cni: { chained: true } }, lifts: 'pilot' }

function read(given: { readonly [key: string]: unknown }) {
  const codes: string[] = []
  const values = chartValues(chart, given, ({ code }) => codes.push(code))
  return { values, codes }
}

test.each([
  ['a profile', { profile: 'stable' }, { experimental: { stableValidationPolicy: true } }],
  ['a platform', { platform: 'k3s' }, { cni: { chained: true, cniBinDir: '/var/lib/rancher/k3s/data/cni' } }],
  [
    'a platform by the name of its file',
    { profile: 'platform-minikube' },
    { cni: { cniNetnsDir: '/var/run/docker/netns' } },
  ],
  [
    'a version by the name of its file',
    { profile: 'compatibility-version-1.29' },
    { pilot: { env: { PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE: 'false' } } },
  ],
])('knows %s', (_, given, values) => {
  expect(read(given)).toMatchObject({ values, codes: [] })
})

test.each<[given: { [key: string]: unknown }, code: string]>([
  [{ profile: 'platform-' }, 'unknown-values-profile'],
  [{ global: { profile: 'constructor' } }, 'unknown-values-profile'],
  [{ compatibilityVersion: 'platform-k3s' }, 'unknown-compatibility-version'],
  // The charts put the word into a file's name as text, which a number is not.
  [{ compatibilityVersion: 1.27 }, 'unknown-compatibility-version'],
  [{ platform: 'toString' }, 'unknown-platform'],
  [{ defaults: { hub: 'h' } }, 'unrenderable-value'],
  [{ pilot: ['a'] }, 'unrenderable-value'],
  [{ pilot: 'a' }, 'unrenderable-value'],
])('refuses %j', (given, code) => {
  expect(read(given).codes).toEqual([code])
})

test('lifts a block, and is content without one', () => {
  expect(read({ pilot: { env: { A: 'b' } } }).values).toMatchObject({ env: { A: 'b' } })
  expect(read({ pilot: null })).toMatchObject({ values: { env: {} }, codes: [] })
})
