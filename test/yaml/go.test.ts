import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { toGoYaml, toPrettyJson } from '../../src/yaml/go-yaml.ts'
import { readStream } from '../../src/yaml/read.ts'
import { resolveKey, resolvePlain } from '../../src/yaml/scalar.ts'
import { writeYaml } from '../../src/yaml/write.ts'
import { data, nastyText, yamlText } from './arbitraries.ts'
import { openGo } from './go.ts'

const go = openGo()
afterAll(() => go.close())
const seed = 20_260_101

/** Plain data without lone surrogates, which Go replaces, and characters that Go may know and Node not yet. */
const soundData = data.filter((value) => !/\\ud[89a-f]|\p{Cn}/u.test(JSON.stringify(value)))

describe.skipIf(go.absent !== undefined)(`compared with Go ${go.absent ? `(skipped: ${go.absent})` : ''}`, () => {
  test('plain scalars', () => {
    const unit = fc.constantFrom(...'0189_.-+eExXoObBaF:infT')
    const texts = [
      ...new Set([
        ...fc.sample(fc.string({ unit, maxLength: 5 }), { numRuns: 8000, seed }),
        ...fc.sample(fc.string({ unit, minLength: 6, maxLength: 24 }), { numRuns: 4000, seed }),
        ...fc.sample(fc.double().map(String), { numRuns: 1000, seed }),
        ...['y', 'yes', 'on', 'true', 'null', '~', '.inf', '.nan', 'n', 'no', 'off', 'false'].flatMap((word) => [
          ...[word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`, `-${word}`, `+${word}`],
        ]),
      ]),
    ].filter((text) => !/^-+$|:$/.test(text))
    const values = go.ask(texts.map((text) => ({ op: 'read', text: `v: ${text}` })))
    const keys = go.ask(texts.map((text) => ({ op: 'read', text: `${text === '' ? '~' : text}: v` })))
    for (const [i, text] of texts.entries()) {
      const mine = resolvePlain(text)
      const { value, error } = values[i] ?? {}
      // Infinities have no JSON form.
      if (error !== undefined) expect([text, Number.isFinite(mine)]).toEqual([text, false])
      else expect([text, mine]).toEqual([text, (value as { v?: unknown }).v ?? null])
      const key = keys[i]
      if (key?.error?.includes('uint64')) continue
      expect([text, resolveKey(text)]).toEqual([text, key?.error ? undefined : Object.keys(key?.value as object)[0]])
    }
  })

  test('YAML for Go', () => {
    const values = fc.sample(soundData, { numRuns: 6000, seed })
    const texts = go.ask(values.map((value) => ({ op: 'write', value })))
    let compared = 0
    for (const [i, value] of values.entries()) {
      const { text, error } = texts[i] ?? {}
      // Go fails where its JSON holds what its YAML forbids; and it has no one order for keys such as 9, 11 and 1b.
      if (error !== undefined || cyclic(value)) continue
      compared++
      expect(toGoYaml(value)).toBe(text)
    }
    expect(compared).toBeGreaterThan(values.length / 2)
  })

  test('JSON for Go', () => {
    const values = fc.sample(soundData, { numRuns: 3000, seed })
    const texts = go.ask(values.map((value) => ({ op: 'pretty', value })))
    for (const [i, value] of values.entries()) expect(toPrettyJson(value)).toBe(texts[i]?.text)
  })

  test('Go reads what is written here', () => {
    const values = fc.sample(soundData, { numRuns: 4000, seed })
    const read = go.ask(values.map((value) => ({ op: 'read', text: writeYaml(value) })))
    for (const [i, value] of values.entries()) {
      expect(read[i]?.error).toBeUndefined()
      expect(read[i]?.value ?? null).toEqual(value)
    }
  })

  test('Go reads every text as it is', () => {
    const texts = fc.sample(
      nastyText.filter((text) => !/\p{Cs}|\p{Cn}/u.test(text)),
      { numRuns: 5000, seed },
    )
    const read = go.ask(texts.map((text) => ({ op: 'read', text: writeYaml({ [text]: [text] }) })))
    for (const [i, text] of texts.entries()) expect(read[i]?.value).toEqual({ [text]: [text] })
  })

  test('random YAML is read alike', () => {
    const texts = fc.sample(yamlText, { numRuns: 3000, seed })
    const read = go.ask(texts.map((text) => ({ op: 'read', text })))
    const streams = go.ask(texts.map((text) => ({ op: 'stream', text })))
    let alike = 0
    const refused: string[] = []
    for (const [i, text] of texts.entries()) {
      const problems: string[] = []
      let repeated = false
      const { documents, blanks } = readStream(text, 'f', ({ code, severity }) => {
        if (severity === 'error') problems.push(code)
        repeated ||= code === 'duplicate-key'
      })
      const theirs = read[i]
      // Both may refuse; and what Go refuses may be YAML 1.2.
      if (theirs?.error !== undefined) continue
      if (problems.length > 0) {
        // Go was asked about the first document's keys only.
        if (streams[i]?.error === undefined && !problems.includes('yaml-key')) refused.push(text)
        continue
      }
      // Two keys with one text have no order in Go; in flow collections YAML 1.2 finds keys before `:]` and `?`.
      if (repeated || blanks > 0 || /:[,\]}]|[[{,]\s*\?/.test(text)) continue
      alike++
      expect([text, documents[0]?.value ?? null]).toEqual([text, theirs?.value ?? null])
    }
    expect(alike).toBeGreaterThan(texts.length / 4)
    // Rare are the texts that Go reads and YAML forbids: a blank block that is deeper than the comment behind it.
    expect(refused.filter((text) => !/[|>][-+0-9]*(?: #.*)?\n[ \n]* {3}\n/.test(text))).toEqual([])
  })

  const shared = join(import.meta.dirname, '../../../shared')
  test.skipIf(!existsSync(shared))('every YAML file of ../shared, if that folder is there', () => {
    const texts = readdirSync(shared, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => readFileSync(join(shared, name), 'utf8'))
    expect(texts.length).toBeGreaterThan(0)
    const read = go.ask(texts.map((text) => ({ op: 'read', text })))
    for (const [i, text] of texts.entries()) {
      const problems: string[] = []
      const { documents } = readStream(text, 'f', ({ code, severity }) => severity === 'error' && problems.push(code))
      if (problems.length > 0) expect(read[i]?.error ?? '').toMatch(/yaml/)
      else expect(documents[0]?.value ?? null).toEqual(read[i]?.value ?? null)
    }
  })
})

/** Whether the value has a map whose keys could be in Go's cyclic order: digits next to letters and other characters. */
function cyclic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Object.values(value).some(cyclic)) return true
  if (Array.isArray(value)) return false
  return Object.keys(value).filter((key) => /\p{Nd}/u.test(key)).length > 2
}
