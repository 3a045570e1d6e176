/** Compiled by `scripts/validators.mjs` from the schemas in `src/istio/schema`; there is no file of it. */
import type { Check } from './check.ts'

/** A whole IstioOperator. */
export const operator: Check
/** The forms of scalars that decoders ask for, by name. */
export const decoders: { readonly [form: string]: Check }
// What istioctl holds some values against, where that isn't what the charts read.
export const labelSelector: Check
export const nodeSelector: Check
