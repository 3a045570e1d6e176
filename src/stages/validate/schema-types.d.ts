/** Made by `scripts/validators.mjs` from the schemas in `src/istio/schema`; there is no file of it. */
import type { Types } from '../../k8s/json-schema.ts'

/** The types of what users write: those that an IstioOperator and a RenderIstio reach. */
export function schemaTypes(): Types
