import { isMap } from '../k8s/object.ts'

export const operatorApiVersion = 'install.istio.io/v1alpha1'

/** Whether a value is an IstioOperator by apiVersion and kind; the version in the group isn't looked at. */
export function isOperator(value: unknown): boolean {
  return isMap(value) && value.kind === 'IstioOperator' && String(value.apiVersion).startsWith('install.istio.io/')
}
