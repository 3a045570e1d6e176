import type { Problem } from '../problem.ts'
import { byPosition } from '../problem-text.ts'
import type { Told } from './told.ts'

/** Problems for programs: one JSON document, whose fields are only ever added to. */
export function jsonForm({ problems, suppressed, passed }: Told): string {
  const count = (severity: Problem['severity']) => problems.filter((one) => one.severity === severity).length
  const told = {
    passed,
    errors: count('error'),
    warnings: count('warning'),
    problems: byPosition(problems).map(fields),
    suppressed: suppressed.map(({ problem, by }) => ({ ...fields(problem), reason: by.reason })),
  }
  return `${JSON.stringify(told, null, 2)}\n`
}

function fields({ code, severity, message, hint, path, value, proposed, at }: Problem) {
  return { code, severity, message, hint, path, value, proposed, file: at?.file, line: at?.line, col: at?.col }
}
