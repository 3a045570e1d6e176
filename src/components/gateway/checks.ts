import type { Report } from '../../problem.ts'
import { checkShapes } from '../shape.ts'
import { map, truth } from '../words.ts'
import { isAutoscaled } from './availability.ts'
import { isInjected } from './deployment.ts'
import type { Gateway } from './gateway.ts'

/**
 * Reports `unrenderable-value` for each value at which the gateway charts would stop. What only the standalone form
 * reads may be anything in the injected form, whose proxy istiod writes.
 */
export function checkGateway({ settings: g, direction, values: v }: Gateway, report: Report): void {
  const own = `gateways.${direction.app}`
  const standalone = !isInjected(g)
  const policy = truth(map(v.global.networkPolicy).enabled)
  const signing = v.global.pilotCertProvider === 'istiod'
  checkShapes(
    v,
    [
      [`${own}.injectionTemplate`, 'text or nothing'],
      [`${own}.podAnnotations`, 'map or nothing'],
      [`${own}.ports`, 'maps or nothing'],
      [`${own}.${direction.extraPorts}`, 'maps or nothing', !truth(g.customService)],
      [`${own}.serviceAnnotations`, 'map or nothing', !truth(g.customService)],
      [`${own}.ipFamilies`, 'members if any', !truth(g.customService)],
      [`${own}.secretVolumes`, 'maps or nothing'],
      [`${own}.configVolumes`, 'maps or nothing'],
      [`${own}.additionalContainers`, 'list or nothing'],
      [`${own}.podAntiAffinityLabelSelector`, 'maps or nothing', truth(g.podAntiAffinityLabelSelector)],
      [`${own}.podAntiAffinityTermLabelSelector`, 'maps or nothing', truth(g.podAntiAffinityTermLabelSelector)],
      [`${own}.env`, standalone ? 'map' : 'map or nothing'],
      [`${own}.cpu`, 'map', isAutoscaled(g)],
      ['revision', 'text or nothing', standalone || policy],
      ['global.imagePullSecrets', 'members if any'],
      ['global.logging', 'map', standalone],
      ['global.multiCluster', 'map', standalone],
      ['global.pilotCertProvider', 'text or nothing', standalone],
      ['global.proxy', 'map', standalone],
      ['global.proxy.image', 'text', standalone],
      ['global.sds', 'map', standalone],
      ['global.sds.token', 'map', standalone],
      ['global.sts', 'map', standalone],
      ['meshConfig.defaultConfig', 'map', standalone],
      ['pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API', 'true or false', standalone && signing],
    ],
    (path) => `values.${path}`,
    report,
  )
}
