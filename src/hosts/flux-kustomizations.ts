import type { Phase } from '../engines/phases.ts'

/** Where Flux finds the folders. */
export interface FluxSource {
  /** The kind and the name of the source, such as `GitRepository` and `flux-system`. */
  readonly kind: string
  readonly name: string
  /** The folder in that source, such as `./clusters/one/mesh`. */
  readonly path: string
  readonly namespace: string
}

/**
 * A Flux Kustomization for each folder. Each one waits until everything in the one before is ready, which is how Flux
 * keeps the order of the phases. Nobody waits for the last one, as a load balancer may never get an address.
 */
export function fluxKustomizations(
  folders: readonly { readonly name: string; readonly phase: Phase }[],
  { kind, name, path, namespace }: FluxSource,
): unknown[] {
  return folders.map((folder, index) => {
    const before = folders[index - 1]
    return {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: `istio-${folder.phase}`, namespace },
      spec: {
        dependsOn: before && [{ name: `istio-${before.phase}` }],
        interval: '10m',
        retryInterval: '1m',
        timeout: '5m',
        sourceRef: { kind, name },
        path: `${path}/${folder.name}`,
        prune: true,
        wait: folder.phase !== 'scaling',
      },
    }
  })
}
