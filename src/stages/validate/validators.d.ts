/** Compiled by `scripts/validators.mjs` from the schemas in `src/istio/schema`; there is no file of it. */
import type { Check } from './check.ts'

/** A whole IstioOperator. */
export const operator: Check
/** Whether a value has the form that a decoder asks for, by the name of the form. */
export const decoders: { readonly [form: string]: Check }
/** What istioctl holds some values against, where that isn't what the charts read. */
export const labelSelectors: Check
export const nodeSelector: Check
