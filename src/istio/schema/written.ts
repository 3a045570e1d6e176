import type { Manifest, TypeName } from '../../k8s/types.ts'
import type { extensionProviderTypes } from './extension-providers.ts'
import type { meshConfigTypes, meshSelectorTypes } from './mesh-config.ts'
import type { meshNetworksTypes } from './mesh-networks.ts'
import type { operatorTypes } from './operator.ts'
import type { proxyConfigTypes } from './proxy-config.ts'
import type { renderIstioTypes } from './render-istio.ts'
import type { valuesTypes } from './values/index.ts'

type Of<Area extends () => unknown> = ReturnType<Area>

type Types = Of<typeof operatorTypes> &
  Of<typeof valuesTypes> &
  Of<typeof meshConfigTypes> &
  Of<typeof meshSelectorTypes> &
  Of<typeof proxyConfigTypes> &
  Of<typeof extensionProviderTypes> &
  Of<typeof meshNetworksTypes> &
  Of<typeof renderIstioTypes>

/** A value of that type as a user writes it: every field may be left out, and null unsets it. */
export type Written<Name extends keyof Types> = {
  readonly [Field in keyof Types[Name]]?: Value<Held<Types[Name][Field]>> | null
}

export type IstioOperator = Written<'IstioOperator'>
export type RenderIstio = Written<'RenderIstio'>

type Held<Field> = Field extends { readonly holds: infer Shape } ? Shape : never

type Value<Shape> = Shape extends keyof Types
  ? Written<Shape>
  : Shape extends TypeName
    ? Manifest<Shape>
    : Shape extends keyof Scalars
      ? Scalars[Shape]
      : Shape extends { readonly list: infer Item }
        ? readonly Value<Item>[]
        : Shape extends { readonly map: infer Item }
          ? { readonly [key: string]: Value<Item> | null }
          : Shape extends { readonly words: readonly (infer Word)[] }
            ? Word | ''
            : Shape extends { readonly names: readonly (infer Name)[] }
              ? Name | number
              : unknown

/** What the forms are in TypeScript, as far as it can say; other forms are narrower kinds of text or numbers. */
interface Scalars {
  readonly string: string
  readonly bool: boolean
  readonly int32: number
  readonly int64: number
  readonly uint32: number
  readonly protoInt32: number | `${number}`
  readonly protoInt64: number | `${number}`
  readonly protoUint32: number | `${number}`
  readonly double: number | `${number}`
  readonly duration: string
  readonly scalar: string | number | boolean
  readonly countOrPercent: number | string
  readonly quantityText: string
  readonly labelValue: string
  readonly struct: { readonly [key: string]: unknown }
}
