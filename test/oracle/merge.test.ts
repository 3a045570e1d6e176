/**
 * Our strategic merge against Kubernetes' own, and our types against the Go types that they describe. Runs where Go is
 * and k8s.io/api is in its module cache (`cd test/oracle/merge-go && go mod download` puts it there).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { type PatchMistake, strategicMerge } from '../../src/k8s/merge.ts'
import { isMap } from '../../src/k8s/object.ts'
import { fieldsOf, isTypeName, type Shape, type TypeName, types } from '../../src/k8s/types.ts'
import { mergeQuestions } from './merge-questions.ts'

const folder = mkdtempSync(join(tmpdir(), 'merge-oracle-'))
const program = join(folder, 'merge-go')
const reason = build()

afterAll(() => rmSync(folder, { recursive: true }))

/** Builds the oracle without touching the network; why that did not work, if it did not. */
function build(): string | undefined {
  try {
    const cwd = join(import.meta.dirname, 'merge-go')
    const env = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' }
    execFileSync('go', ['build', '-o', program, '.'], { cwd, env, stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `Go and k8s.io/api are needed: ${String(error).split('\n')[0]}`
  }
}

function ask(mode: 'merge' | 'types', input: readonly unknown[]): unknown[] {
  const text = input.map((line) => JSON.stringify(line)).join('\n')
  const options = { input: text, maxBuffer: 1 << 30 }
  const answer = execFileSync(program, [mode], options).toString().trimEnd()
  return answer.split('\n').map((line) => JSON.parse(line))
}

describe.skipIf(reason)(`Kubernetes${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const kinds: TypeName[] = [
    'apps/v1.Deployment',
    'apps/v1.DaemonSet',
    'core/v1.Service',
    'core/v1.ServiceAccount',
    'autoscaling/v2.HorizontalPodAutoscaler',
    'policy/v1.PodDisruptionBudget',
    'admissionregistration/v1.MutatingWebhookConfiguration',
    'admissionregistration/v1.ValidatingAdmissionPolicy',
    'networking/v1.NetworkPolicy',
    'rbac/v1.ClusterRole',
  ]

  test.each(kinds)('merges patches of %s as we do', (type) => {
    const questions = mergeQuestions(type, 500)
    const answers = ask('merge', questions) as { result?: unknown; error?: string }[]
    const seen = { merged: 0, refused: 0 }
    questions.forEach(({ original, patch }, index) => {
      const before = structuredClone({ original, patch })
      const errors: PatchMistake[] = []
      const result = strategicMerge(type, original, patch, (mistake) => {
        if (mistake.severity === 'error') errors.push(mistake)
      })
      const { result: theirs, error } = answers[index] ?? {}
      seen[error === undefined ? 'merged' : 'refused']++
      const agrees = error === undefined ? isDeepStrictEqual(result, withoutLeftovers(theirs)) : errors.length > 0
      expect(isDeepStrictEqual({ original, patch }, before), 'the inputs are as before').toBe(true)
      if (agrees && (error !== undefined || errors.length === 0)) return
      expect({ index, original, patch, result, errors }).toEqual({ index, original, patch, result: theirs, error })
    })
    expect(seen.merged, JSON.stringify(seen)).toBeGreaterThan(300)
  })

  test('has the types that we have', () => {
    const [answer] = ask('types', []) as { [type: string]: { [field: string]: GoField } }[]
    const ours = Object.keys(types).filter((type) => type !== 'apiextensions/v1.CustomResourceDefinition')
    expect(ours.sort()).toEqual(Object.keys(answer ?? {}).sort())
    for (const type of ours.filter(isTypeName)) {
      const fields = Object.entries(fieldsOf(type)).map(([field, shape]) => [field, asGo(shape)])
      expect(Object.fromEntries(fields), type).toEqual(
        Object.fromEntries(
          Object.entries(answer?.[type] ?? {}).map(([field, { type, strategy, key }]) => [
            field,
            { type, key, strategy: strategy?.replace(/,?retainKeys/, '') || undefined },
          ]),
        ),
      )
    }
  })
})

interface GoField {
  readonly type: unknown
  readonly strategy?: string | undefined
  readonly key?: string | undefined
}

function asGo(shape: Shape): GoField {
  if (typeof shape === 'string') return { type: shape }
  if ('set' in shape) return { type: { list: shape.set }, strategy: 'merge' }
  if ('map' in shape) return { type: { map: shape.map } }
  if ('atomic' in shape) return { type: shape.atomic, strategy: 'replace' }
  return { type: { list: shape.list }, ...(shape.key && { strategy: 'merge', key: shape.key }) }
}

/** Kubernetes' merge leaves directives behind that had nothing to work on; reading the object then drops them. */
function withoutLeftovers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLeftovers).filter((item) => item !== undefined)
  if (!isMap(value)) return value
  if ('$patch' in value) return undefined
  const members = Object.entries(value).filter(([key]) => !key.startsWith('$'))
  return Object.fromEntries(
    members.map(([key, member]) => [key, withoutLeftovers(member)]).filter(([, member]) => member !== undefined),
  )
}
