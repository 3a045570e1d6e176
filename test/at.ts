import { isMap } from '../src/k8s/object.ts'

/** What stands at a path of an object; a name among the steps picks the item of a list that is called so. */
export function at(tree: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((here: unknown, step) => {
    if (Array.isArray(here)) return typeof step === 'number' ? here[step] : here.find((item) => item.name === step)
    return isMap(here) ? here[step] : undefined
  }, tree)
}
