import { expect, test } from 'vitest'
import { object } from '../k8s/object.ts'
import { annotate } from './annotate.ts'

const syncOptions = 'argocd.argoproj.io/sync-options'
const dependsOn = 'config.kubernetes.io/depends-on'

test.each<[string, unknown, { [key: string]: string }, unknown]>([
  ['none there', undefined, { a: '1' }, { a: '1' }],
  ['null there', null, { a: '1' }, { a: '1' }],
  ['others there', { b: '2' }, { a: '1' }, { b: '2', a: '1' }],
  ["the user's own stays", { a: '2' }, { a: '1' }, { a: '2' }],
  [
    'options side by side',
    { [syncOptions]: 'Validate=false' },
    { [syncOptions]: 'Prune=false' },
    { [syncOptions]: 'Validate=false,Prune=false' },
  ],
  [
    "the user's option wins",
    { [syncOptions]: ' Prune=confirm , ' },
    { [syncOptions]: 'ServerSideApply=true,Prune=false' },
    { [syncOptions]: 'Prune=confirm,ServerSideApply=true' },
  ],
  [
    'edges side by side, each once',
    { [dependsOn]: '/Namespace/a' },
    { [dependsOn]: '/Namespace/a,/Namespace/b' },
    { [dependsOn]: '/Namespace/a,/Namespace/b' },
  ],
  [
    'an empty list of the user',
    { [syncOptions]: '' },
    { [syncOptions]: 'Prune=false' },
    { [syncOptions]: 'Prune=false' },
  ],
])('%s', (_, own, added, expected) => {
  const before = object('Namespace', { name: 'a', annotations: own })
  const copy = structuredClone(before)
  expect(annotate(before, added).metadata.annotations).toEqual(expected)
  expect(before).toEqual(copy)
})

test('without anything to add the object is the same one', () => {
  const before = object('Namespace', { name: 'a', annotations: null })
  expect(annotate(before, {})).toBe(before)
})
