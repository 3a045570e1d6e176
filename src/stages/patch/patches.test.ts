import { describe, expect, test } from 'vitest'
import { at } from '../../../test/at.ts'
import { object } from '../../k8s/object.ts'
import type { Problem } from '../../problem.ts'
import type { MeshPatch } from '../../settings.ts'
import type { Rendered } from '../stage.ts'
import { applyMeshPatches } from './patches.ts'

const mesh: readonly Rendered[] = [
  object('Deployment', { name: 'istiod', namespace: 'a' }, { spec: { replicas: 1 } }),
  object('Deployment', { name: 'gateway', namespace: 'b' }, { spec: { replicas: 2 } }),
  object('Service', { name: 'istiod', namespace: 'a' }, { spec: {} }),
].map((one) => ({ component: 'Pilot', owner: 'x', revision: '', path: 'spec.components.pilot', object: one }))

function apply(target: MeshPatch['target'], patch: unknown, optional = false) {
  const problems: Problem[] = []
  const one: MeshPatch = { target, patch: patch as MeshPatch['patch'], optional, place: () => undefined }
  const result = applyMeshPatches(mesh, [one], (problem) => problems.push(problem))
  return {
    objects: result.map(({ object }) => object),
    told: problems.map(({ code, path, message }) => ({ code, path, message })),
  }
}

test('a map is merged, a list is done, into whatever is meant', () => {
  const replicas = ['spec', 'replicas']
  const values = (result: ReturnType<typeof apply>) => result.objects.slice(0, 2).map((one) => at(one, replicas))
  expect(values(apply({ kind: 'Deployment' }, { spec: { replicas: 5 } }))).toEqual([5, 5])
  expect(values(apply({ kind: 'Deployment', namespace: 'b' }, { spec: { replicas: 5 } }))).toEqual([1, 5])
  expect(values(apply({ kind: 'Deployment', name: 'istiod' }, [{ op: 'remove', path: '/spec/replicas' }]))).toEqual([
    undefined,
    2,
  ])
})

describe('an object must be left', () => {
  test.each<[patch: unknown, what: string]>([
    [{ kind: null }, 'with `kind`, and that text'],
    [{ apiVersion: null }, 'with `apiVersion`, and that text'],
    [{ metadata: null }, 'with `metadata`, and that a map'],
    [{ metadata: { name: null } }, 'with `metadata.name`, and that text'],
    [[{ op: 'replace', path: '', value: {} }], 'with `apiVersion`, and that text'],
    [[{ op: 'replace', path: '', value: 5 }], 'something of Deployment'],
    [[{ op: 'remove', path: '/metadata' }], 'with `metadata`, and that a map'],
    [[{ op: 'replace', path: '/metadata/name', value: [] }], 'with `metadata.name`, and that text'],
    [{ metadata: { labels: { app: 5 } } }, 'with `metadata.labels.app` as text; it would be 5'],
    [[{ op: 'add', path: '/spec/replicas', value: '2' }], 'with `spec.replicas` as a whole number; it would be "2"'],
  ])('%j', (patch, what) => {
    const { objects, told } = apply({ kind: 'Deployment', name: 'gateway' }, patch)
    expect(told.map(({ code, path }) => [code, path])).toEqual([['bad-patch', 'spec.patches[0].patch']])
    expect(told[0]?.message).toContain(what)
    expect(objects).toEqual(mesh.map(({ object }) => object))
  })
})

test('what meets nothing is told, unless it need not', () => {
  for (const patch of [{ spec: {} }, [{ op: 'remove', path: '/spec/nope' }]]) {
    const target = Array.isArray(patch) ? { kind: 'Service' } : { kind: 'Service', name: 'istio' }
    expect(apply(target, patch).told.map(({ code }) => code)).toEqual(['patch-miss'])
    expect(apply(target, patch, true).told).toEqual([])
  }
})
