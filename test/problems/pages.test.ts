import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { problemCodes, problemKind } from '../../src/problems/catalogue.ts'
import { exampleOf, examples, indexPage, page, withoutCase } from './pages.ts'

/** Pages are made anew by `npx vitest run test/problems/pages.test.ts -u`. */
const folder = 'docs/problems'
const all = examples()

const sources = (readdirSync('src', { recursive: true }) as string[])
  .filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith(join('problems', 'catalogue')),
  )
  .map((file) => ({ file, text: readFileSync(join('src', file), 'utf8') }))

describe('the catalogue', () => {
  // Where a code is handed on as an argument, its type says the same.
  test('knows every code that is reported', () => {
    const found = sources.flatMap(({ text }) => [...text.matchAll(/\bcode: '([^']+)'/g)].map(([, code = '']) => code))
    expect(found.length).toBeGreaterThan(50)
    expect([...new Set(found)].filter((code) => !problemKind(code))).toEqual([])
  })

  test('has no code that nobody reports', () => {
    const quoted = (code: string) => sources.some(({ text }) => text.includes(`'${code}'`))
    expect(problemCodes().filter((code) => !quoted(code))).toEqual([])
  })

  test('has a row for every problem of every case', () => {
    const told = new Set(all.flatMap(({ problems }) => problems.map(({ code }) => code)))
    expect([...told].filter((code) => !problemKind(code))).toEqual([])
  })

  test.each(problemCodes())('%s is told of in words', (code) => {
    const { title = '', about = '' } = problemKind(code) ?? {}
    expect(title).toMatch(/^[A-Z`].*[^.]$/)
    expect(about).toMatch(/^(?:[A-Z`]|(?:istioctl|istiod|ztunnel),? ).*\.$/)
  })
})

describe.each(problemCodes())('%s', (code) => {
  test('has a case that produces it, and one that shows how it is mended', () => {
    const example = exampleOf(code, all)
    expect({ shown: example !== undefined, isMended: example?.isMended ?? false }).toEqual(
      code in withoutCase ? { shown: false, isMended: false } : { shown: true, isMended: true },
    )
  })

  test('has a page that shows them', async () => {
    await expect(page(code, all)).toMatchFileSnapshot(join('../..', folder, `${code}.md`))
  })
})

test('the index has every page', async () => {
  await expect(indexPage()).toMatchFileSnapshot(join('../..', folder, 'README.md'))
})

test('no page is left over', () => {
  const files = readdirSync(folder).filter((file) => file !== 'README.md')
  expect(files.sort()).toEqual(
    problemCodes()
      .map((code) => `${code}.md`)
      .sort(),
  )
})
