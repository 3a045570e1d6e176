import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { withoutCrds } from '../run.ts'
import { canonical, digest, nameOf, readObjects } from './canonical.ts'
import { type Case, casesIn, corpus, kept } from './cases.ts'

/** What istioctl makes of a kept case: per object its digest, in the order of names; twice the same name, two digests. */
type Digests = { readonly [name: string]: readonly string[] }

const table = JSON.parse(readFileSync('test/oracle/digests.json', 'utf8')) as { readonly [name: string]: Digests }

function rendered({ argv }: Case) {
  const { stdout, problems, exitCode } = generate(['--compat', 'istioctl', ...argv])
  expect({ exitCode, errors: problems.filter(({ severity }) => severity === 'error') }).toEqual({
    exitCode: 0,
    errors: [],
  })
  return readObjects(withoutCrds(stdout))
}

function digestsOf(objects: readonly { [key: string]: unknown }[]): Digests {
  const result: { [name: string]: string[] } = {}
  for (const object of objects) {
    const digests = result[nameOf(object)] ?? []
    digests.push(digest(object))
    result[nameOf(object)] = digests.sort()
  }
  return Object.fromEntries(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const own = casesIn(kept).filter(({ renders }) => renders)

test(`there is a digest for each of the ${own.length} kept cases`, () => {
  expect(own.length).toBeGreaterThan(100)
  expect(Object.keys(table)).toEqual(own.map(({ name }) => name))
})

test.each(own)('$name is what istioctl renders, by digest', (one) => {
  expect(digestsOf(rendered(one))).toEqual(table[one.name])
})

const all = casesIn(corpus).filter(({ renders }) => renders)
const why = existsSync(corpus) ? '' : ' (skipped: ../shared/conformance is not there)'

test.skipIf(all.length === 0).each(all)(`$name is what istioctl renders, object by object${why}`, (one) => {
  const expected = readObjects(readFileSync(join(one.folder, 'expected.yaml'), 'utf8'))
  const sorted = (objects: typeof expected) => objects.map((object) => `${nameOf(object)} ${canonical(object)}`).sort()
  expect(sorted(rendered(one))).toEqual(sorted(expected))
})

test.skipIf(all.length === 0)(`${all.length} of ${all.length} cases of the corpus are rendered${why}`, () => {
  const failing = all.filter((one) => generate(['--compat', 'istioctl', ...one.argv]).exitCode !== 0)
  expect(failing.map(({ name }) => name)).toEqual([])
})
