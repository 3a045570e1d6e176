import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A question: read the first document, read all, write a value as YAML, or write it as indented JSON. */
export type Question =
  | { readonly op: 'read' | 'stream'; readonly text: string }
  | { readonly op: 'write' | 'pretty'; readonly value: unknown }

/** What Go made of it; `value` is absent for null. */
export interface Answer {
  readonly value?: unknown
  readonly text?: string
  readonly error?: string
}

export interface Go {
  /** Why Go cannot be asked; undefined when it can. */
  readonly absent: string | undefined
  ask(questions: readonly Question[]): Answer[]
  close(): void
}

/** Builds the Go program of `test/yaml/go`; without Go or its modules, says so in `absent`. */
export function openGo(): Go {
  const folder = mkdtempSync(join(tmpdir(), 'yaml-go-'))
  const program = join(folder, 'oracle')
  const close = () => rmSync(folder, { recursive: true, force: true })
  try {
    execFileSync('go', ['build', '-o', program, '.'], {
      cwd: join(import.meta.dirname, 'go'),
      stdio: 'pipe',
      timeout: 120_000,
    })
  } catch (error) {
    close()
    const reason = `Go or its modules are not available: ${String(error).split('\n')[0]}`
    return { absent: reason, ask: () => [], close: () => {} }
  }
  const ask = (questions: readonly Question[]): Answer[] => {
    const input = questions.map((question) => JSON.stringify(question)).join('\n')
    const output = execFileSync(program, { input, maxBuffer: 1 << 30, encoding: 'utf8' })
    const answers = output.split('\n').slice(0, -1)
    if (answers.length !== questions.length)
      throw new Error(`Go answered ${answers.length} of ${questions.length} questions`)
    return answers.map((line) => JSON.parse(line) as Answer)
  }
  return { absent: undefined, ask, close }
}
