import type { KubeObject } from '../../src/k8s/object.ts'
import { at, listAt, nameOf } from '../simulators/timeline.ts'
import type { Answer, Server } from './server.ts'

/** A cluster to which meshes are applied as a GitOps engine does it. */
export interface Cluster {
  /** Server-side apply that refuses unknown and duplicate fields; `dryRun` changes nothing. */
  apply(object: KubeObject, mode?: 'dryRun'): Promise<Answer>
  /** What is stored now. */
  read(object: KubeObject): Promise<Answer>
  remove(object: KubeObject): Promise<void>
}

/** Knows kinds as a client does: it asks, and asks again after a CustomResourceDefinition was applied. */
export function clusterOf(server: Server): Cluster {
  const resources = new Map<string, { name: string; namespaced: boolean }>()
  const learn = async (apiVersion: string) => {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
    const { body } = await server.call('GET', root)
    for (const resource of listAt(body, 'resources') as { kind: string; name: string; namespaced: boolean }[]) {
      if (!resource.name.includes('/')) resources.set(`${apiVersion} ${resource.kind}`, resource)
    }
  }
  const pathOf = async ({ apiVersion, kind, metadata }: KubeObject) => {
    const key = `${apiVersion} ${kind}`
    for (let tries = 0; !resources.has(key) && tries < 50; tries++) {
      if (tries > 0) await new Promise((done) => setTimeout(done, 100))
      await learn(apiVersion)
    }
    const resource = resources.get(key)
    if (!resource) throw new Error(`the server has no ${key}`)
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
    const place = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : ''
    return `${root}${place}/${resource.name}/${encodeURIComponent(String(metadata.name))}`
  }
  return {
    async apply(object, mode) {
      const query = 'fieldManager=render-istio&force=true&fieldValidation=Strict'
      return server.call('PATCH', `${await pathOf(object)}?${query}${mode ? '&dryRun=All' : ''}`, object)
    },
    async read(object) {
      return server.call('GET', await pathOf(object))
    },
    async remove(object) {
      const { status, body } = await server.call('DELETE', `${await pathOf(object)}?propagationPolicy=Background`)
      if (status >= 300 && status !== 404) throw new Error(`${nameOf(object)} stays: ${at(body, 'message')}`)
    },
  }
}

/**
 * Where what is stored isn't what was applied: a path and both values a line. What the server adds of its own is no
 * difference; what it rewrites, moves or leaves out is one.
 */
export function rewritten(applied: unknown, stored: unknown, path = ''): string[] {
  if (Array.isArray(applied) && Array.isArray(stored) && applied.length === stored.length) {
    return applied.flatMap((item, index) => rewritten(item, stored[index], `${path}[${index}]`))
  }
  if (isMap(applied) && isMap(stored)) {
    return Object.entries(applied).flatMap(([key, value]) => rewritten(value, stored[key], `${path}.${key}`))
  }
  const [before, after] = [JSON.stringify(applied), JSON.stringify(stored)]
  return before === after ? [] : [`${path}: ${before} is stored as ${after}`]
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
