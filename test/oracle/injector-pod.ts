import { isMap } from '../../src/k8s/object.ts'
import { storedQuantity } from '../../src/k8s/quantity.ts'
import { readDocuments } from '../../src/yaml/read.ts'

/** Pods as the injector's test sees them, and the form in which Go's types write them. */

export type Fields = Readonly<Record<string, unknown>>

export interface Container {
  readonly name: string
  readonly image?: string
  readonly args?: readonly string[]
  readonly env?: readonly { readonly name: string; readonly value?: string }[]
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[]
  readonly securityContext?: unknown
  readonly resources?: unknown
  readonly [probe: string]: unknown
}

export interface Pod {
  readonly metadata: { readonly labels?: unknown; readonly annotations?: Readonly<Record<string, string>> }
  readonly spec: {
    readonly containers: readonly Container[]
    readonly initContainers?: readonly Container[]
    readonly serviceAccountName?: string
    readonly hostNetwork?: boolean
  }
}

export function map(value: unknown): Fields {
  return isMap(value) ? value : {}
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A map of texts, such as labels. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  return map(value) as Readonly<Record<string, string>>
}

export function parsedYaml(text: string): unknown {
  const [document] = readDocuments(text, '', ({ message }) => {
    throw new Error(message)
  })
  return document?.value
}

/** The pod as Go's types write it: without what is nil or empty, quantities in their shortest form. */
export function asStored({ metadata, spec }: Pod): Pod {
  const stored = { metadata: written(metadata, 'metadata'), spec: written(spec, 'spec') }
  return stored as unknown as Pod
}

/** Structs without a pointer are written even when they are empty, maps and lists are not. */
const structs: ReadonlySet<string> = new Set(['emptyDir', 'resources'])

/** Numbers that Go leaves out when they are 0. */
const omittedZero = /^(?:initialDelaySeconds|timeoutSeconds|periodSeconds|successThreshold|failureThreshold)$/

function written(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.map((item) => written(item, field))
  if (!isMap(value)) return field === 'requests' || field === 'limits' ? storedQuantity(value) : value
  const isContainer = field === 'containers' || field === 'initContainers'
  const members = Object.entries(isContainer ? { resources: {}, ...value } : value).flatMap(([key, member]) => {
    const inner = written(member, field === 'requests' || field === 'limits' ? field : key)
    return isLeftOut(key, inner) ? [] : [[key, inner] as const]
  })
  return Object.fromEntries(members)
}

function isLeftOut(key: string, value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (omittedZero.test(key)) return value === 0
  if (key === 'value') return value === ''
  if (typeof value !== 'object') return false
  return Object.keys(value).length === 0 && !structs.has(key)
}
