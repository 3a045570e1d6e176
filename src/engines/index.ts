import { argocd } from './argocd.ts'
import { flux } from './flux.ts'
import { kpt } from './kpt.ts'
import { none } from './none.ts'
import type { Dialect } from './placed.ts'

/** Who applies the output, and how each is told the order. */
export const engines = { argocd, kpt, flux, none } as const satisfies { readonly [name: string]: Dialect }
