/** `render-istio/helm`, a Helm-compatible engine for programs that render charts; `helm-api.d.ts` declares what is here. */

export { readChart } from './commands/chart-files.ts'
export { givenValues } from './helm/given-values.ts'
export { loadArchive, loadChart } from './helm/load.ts'
export { renderRelease } from './helm/release.ts'
export { templateText } from './helm/template.ts'
