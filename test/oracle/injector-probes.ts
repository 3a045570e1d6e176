import { compactJson } from './injection-functions.ts'
import { type Container, type Fields, map, type Pod } from './injector-pod.ts'

const probes = { readinessProbe: 'readyz', livenessProbe: 'livez', startupProbe: 'startupz' } as const
const hooks = { preStop: 'prestopz', postStart: 'poststartz' } as const

/** Probes and hooks that ask the application go to the agent instead, which finds the way in its environment. */
export function rewriteProbes({ metadata, spec }: Pod, statusPort: number): Pod {
  const found: Record<string, unknown> = {}
  const containers = spec.containers.map((container) =>
    container.name === 'istio-proxy' ? container : rewritten(container, statusPort, found),
  )
  const value = compactJson(Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1))))
  const told = (container: Container): Container =>
    container.name === 'istio-proxy' && Object.keys(found).length > 0
      ? { ...container, env: [...(container.env ?? []), { name: 'ISTIO_KUBE_APP_PROBERS', value }] }
      : container
  return {
    metadata,
    spec: { ...spec, containers: containers.map(told), initContainers: spec.initContainers?.map(told) ?? [] },
  }
}

function rewritten(container: Container, port: number, found: Record<string, unknown>): Container {
  const changed: Record<string, unknown> = { ...container }
  for (const [probe, word] of Object.entries(probes)) {
    const handler = asked(container, map(container[probe]))
    if (handler) changed[probe] = moved(map(container[probe]), `/app-health/${container.name}/${word}`, handler)
  }
  const lifecycle: Record<string, unknown> = { ...map(container.lifecycle) }
  for (const [hook, word] of Object.entries(hooks)) {
    const handler = asked(container, map(lifecycle[hook]))
    if (handler) lifecycle[hook] = moved(map(lifecycle[hook]), `/app-lifecycle/${container.name}/${word}`, handler)
  }
  return { ...changed, name: container.name, ...(container.lifecycle !== undefined && { lifecycle }) }

  function moved({ tcpSocket: _tcp, grpc: _grpc, ...probe }: Fields, path: string, handler: Fields): Fields {
    const { timeoutSeconds } = probe
    found[path] = { ...handler, ...(timeoutSeconds !== undefined && { timeoutSeconds }) }
    const { scheme, ...get } = map(probe.httpGet)
    return { ...probe, httpGet: { ...get, path, port, ...(scheme !== undefined && { scheme: 'HTTP' }) } }
  }
}

/** What a probe asks, with the number of a port for its name; nothing for a command. */
function asked({ ports = [] }: Container, probe: Fields): Fields | undefined {
  for (const kind of ['httpGet', 'tcpSocket', 'grpc']) {
    if (probe[kind] === undefined) continue
    const { port } = map(probe[kind])
    const numbered = ports.find(({ name }) => name === port)?.containerPort ?? port
    return { [kind]: { ...map(probe[kind]), port: numbered } }
  }
  return undefined
}
