import { expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { changes } from '../../src/gitops/index.ts'
import { withoutCrds } from '../run.ts'
import { nameOf, readObjects } from './canonical.ts'
import { casesIn, corpus, kept } from './cases.ts'

/**
 * What an engine's output may differ in from istioctl's objects, each difference with its reason. A difference that no
 * row allows fails, and so does a row that no case needs.
 */
interface Row {
  readonly name: string
  /** The change in src/gitops that makes it; the dialect of an engine where there is none. */
  readonly change?: string
  readonly reason: string
  /** Whether the row allows an object that istioctl doesn't print. */
  readonly extra?: (object: Tree) => boolean
  /** Whether it allows a value to be another one. */
  readonly differs?: (difference: Difference) => boolean
}

interface Difference {
  readonly object: Tree
  readonly path: readonly string[]
  readonly theirs: unknown
  readonly ours: unknown
}

type Tree = { [key: string]: unknown }

const annotation = (prefix: string) => (difference: Difference) =>
  difference.path.length === 3 &&
  difference.path[1] === 'annotations' &&
  String(difference.path[2]).startsWith(prefix) &&
  typeof difference.ours === 'string'

const rows: readonly Row[] = [
  {
    name: 'namespaces',
    change: 'namespaces',
    reason: 'a new cluster has no istio-system, and applying to it fails (istio/istio#24447)',
    extra: ({ kind }) => kind === 'Namespace',
  },
  {
    name: 'default-revision',
    change: 'default-revision',
    reason:
      '`istioctl install` creates what makes a control plane the default one, `manifest generate` never prints it',
    extra: ({ metadata }) =>
      /^(istiod-default-validator|stable-channel-default-policy|istio-revision-tag-default|istiod-revision-tag-default)/.test(
        String((metadata as Tree).name),
      ),
  },
  {
    name: 'default-revision tags',
    change: 'default-revision',
    reason: 'the values that istiod keeps for reference name the tag that makes its revision the default one',
    differs: ({ object, path }) => object.kind === 'ConfigMap' && path[0] === 'data' && path.includes('revisionTags'),
  },
  {
    name: 'failure-policy',
    change: 'failure-policy',
    reason: 'istiod writes `Fail` over `Ignore` as soon as it runs (istio/istio#52785)',
    differs: ({ path, theirs, ours }) => path.at(-1) === 'failurePolicy' && theirs === 'Ignore' && ours === 'Fail',
  },
  {
    name: 'replicas',
    change: 'replicas',
    reason: 'the autoscaler owns the number (argo-cd#5105)',
    differs: ({ path, ours }) => path.join('.') === 'spec.replicas' && ours === undefined,
  },
  {
    name: 'stored quantities',
    change: 'stored-form',
    reason: 'the API server stores `2048Mi` as `2Gi`, a difference for ever (istio/istio#56714)',
    differs: ({ theirs, ours }) =>
      amount(theirs) !== undefined && typeof ours === 'string' && amount(theirs) === amount(ours),
  },
  {
    name: 'stored nulls',
    change: 'stored-form',
    reason: 'the API server stores no nulls',
    differs: ({ theirs, ours }) => theirs === null && ours === undefined,
  },
  {
    name: 'stored emptiness',
    change: 'stored-form',
    reason: 'the API server stores nothing that says only that nothing is set',
    differs: ({ theirs, ours }) => isEmpty(theirs) && ours === undefined,
  },
  {
    name: 'stored conditions',
    change: 'stored-form',
    reason: 'the API server writes the conditions of an endpoint even when there are none',
    differs: ({ path, theirs, ours }) =>
      path[0] === 'endpoints' && path.at(-1) === 'conditions' && theirs === undefined && isEmpty(ours),
  },
  { name: 'waves', reason: 'Argo CD applies by wave', differs: annotation('argocd.argoproj.io/sync-wave') },
  {
    name: 'sync options',
    reason: 'Argo CD must keep CRDs and namespaces, and apply what the API does not know yet',
    differs: annotation('argocd.argoproj.io/sync-options'),
  },
  { name: 'depends-on', reason: 'kpt applies by edge', differs: annotation('config.kubernetes.io/depends-on') },
  {
    name: 'flux',
    reason: 'Flux would substitute `${…}` in templates',
    differs: annotation('kustomize.toolkit.fluxcd.io/'),
  },
]

/** A quantity as a number; two texts of one amount are equal. */
function amount(value: unknown): number | undefined {
  const [, digits, suffix = ''] = /^([+-]?[\d.]+)(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/.exec(String(value)) ?? []
  const units: { [suffix: string]: number } = {
    m: 1e-3,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
  }
  return digits === undefined ? undefined : Number(digits) * (units[suffix] ?? 1)
}

/** The zero of a type, which may say that nothing is set. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === '' || value === 0 || value === false
}

function* differences(
  object: Tree,
  theirs: unknown,
  ours: unknown,
  path: readonly string[] = [],
): Generator<Difference> {
  const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null
  const none = path.length === 2 && path[1] === 'annotations' ? {} : undefined
  const [a, b] = [theirs ?? none, ours ?? none]
  if (isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      yield* differences(object, parsed(path, key, a[key]), parsed(path, key, b[key]), [...path, key])
    }
  } else if (theirs !== ours) yield { object, path, theirs, ours }
}

/** The values that istiod keeps for reference are JSON in a text. */
function parsed(path: readonly string[], key: string, value: unknown): unknown {
  return path[0] === 'data' && key.endsWith('-values') && typeof value === 'string' ? JSON.parse(value) : value
}

/** What the corpus has no case for: a revision that is the default one. */
const own = [
  {
    name: 'default canary',
    argv: ['--set', 'profile=minimal', '--set', 'revision=canary', '--set', 'values.defaultRevision=canary'],
    renders: true,
  },
]

const cases = [...casesIn(kept), ...casesIn(corpus).filter(({ name }) => name.startsWith('b-')), ...own].filter(
  ({ renders }) => renders,
)
const used = new Set<string>()

function objectsOf(argv: readonly string[]): Map<string, Tree[]> {
  const { stdout } = generate(argv)
  const result = new Map<string, Tree[]>()
  for (const object of readObjects(withoutCrds(stdout))) {
    result.set(nameOf(object), [...(result.get(nameOf(object)) ?? []), object])
  }
  return result
}

test.each(['argocd', 'kpt', 'flux'])('engine %s differs from istioctl only in what the rows allow', (engine) => {
  const unexplained: string[] = []
  for (const { name, argv } of cases) {
    const theirs = objectsOf(['--compat', 'istioctl', ...argv])
    const ours = objectsOf(['--compat', 'istioctl', '--engine', engine, ...argv])
    for (const key of theirs.keys()) if (!ours.has(key)) unexplained.push(`${name}: ${key} is missing`)
    for (const [key, objects] of ours) {
      objects.forEach((object, index) => {
        const other = theirs.get(key)?.[index]
        if (!other) {
          const row = rows.find(({ extra }) => extra?.(object))
          if (row) used.add(row.name)
          else unexplained.push(`${name}: ${key} is extra`)
          return
        }
        for (const difference of differences(object, other, object)) {
          const row = rows.find(({ differs }) => differs?.(difference))
          if (row) used.add(row.name)
          else
            unexplained.push(`${name}: ${key} ${difference.path.join('.')}: ${difference.theirs} is ${difference.ours}`)
        }
      })
    }
  }
  expect(unexplained).toEqual([])
})

test('every row is needed by some case', () => {
  expect(rows.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([])
})

test.each(changes)('the change $name is a row, and can be switched off', ({ name }) => {
  expect(rows.some((row) => row.change === name)).toBe(true)
  const unnamed = ['--engine', 'argocd', '--set', 'profile=default']
  const kept = generate([...unnamed, '--keep', changes.map((change) => change.name).join(',')])
  const plain = generate(['--engine', 'none', '--set', 'profile=default'])
  expect(readObjects(withoutCrds(kept.stdout)).map(nameOf).sort()).toEqual(
    readObjects(withoutCrds(plain.stdout)).map(nameOf).sort(),
  )
})
