import { bundle } from '../istio/bundle.ts'
import { version as program } from '../version.ts'
import type { Outcome } from './outcome.ts'

/** `render-istio version`: the program's, and that of the Istio release that it renders. */
export function version(): Outcome {
  return { stdout: `render-istio ${program}\nIstio ${bundle.version}\n`, problems: [], exitCode: 0 }
}
