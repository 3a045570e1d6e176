/** Istio's names of the parts of a mesh; an object carries the name of the part that rendered it. */
export type ComponentName = 'Base' | 'Pilot' | 'Cni' | 'Ztunnel' | 'IngressGateways' | 'EgressGateways'

/**
 * What a chart reads as `.Values`. Its blocks are typed, so that a misspelt setting is red in the editor; a leaf is
 * whatever the user put there, so the renderer says how it goes into the manifest (see words.ts).
 */
export type ValuesOf<Defaults> = {
  readonly [Key in keyof Defaults]: Defaults[Key] extends readonly unknown[]
    ? unknown
    : Defaults[Key] extends object
      ? keyof Defaults[Key] extends never
        ? unknown
        : ValuesOf<Defaults[Key]>
      : unknown
}

/** What one component is rendered from. */
export interface Context<Values> {
  /** Chart defaults < values profile < compatibility version < platform < the user's values. */
  readonly values: Values
  /** The values that the chart was handed, before any defaults. */
  readonly given: { readonly [key: string]: unknown }
  /** Where the component's namespaced objects go. */
  readonly namespace: string
  /** The full version of the Istio release, e.g. `1.30.3`. */
  readonly version: string
}
