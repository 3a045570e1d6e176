import { readFileSync } from 'node:fs'
import { casesIn, corpus, kept } from '../oracle/cases.ts'

/** A text that renders without a single problem, to make mistakes in. */
export interface Input {
  readonly name: string
  readonly text: string
}

/** The inputs that render from one file without further arguments: the kept ones, with the corpus beside where it is. */
export function inputs(): Input[] {
  const cases = [...casesIn(kept), ...casesIn(corpus)]
  const once = cases.filter(
    ({ name, renders }, index) => renders && cases.findIndex((one) => one.name === name) === index,
  )
  return once.flatMap(({ name, argv }) => {
    const [flag, file, ...more] = argv
    return flag === '-f' && file !== undefined && more.length === 0 ? [{ name, text: readFileSync(file, 'utf8') }] : []
  })
}
