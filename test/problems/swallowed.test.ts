import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { problemLine } from '../../src/problem-text.ts'
import { inFolder } from '../run.ts'

/**
 * What `istioctl manifest generate` lets through without a word, or refuses without saying where: each row is told here
 * at its line and column, and with what to do. Lines count from the `spec`, which begins in line 5.
 */
const scratch = mkdtempSync(join(tmpdir(), 'swallowed-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const head = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: mesh\n'

function errors(text: string): string[] {
  writeFileSync(join(scratch, 'input.yaml'), text)
  const { problems, exitCode, stdout } = inFolder(scratch, () => generate(['-f', 'input.yaml']))
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  return problems.filter(({ severity }) => severity === 'error').map(problemLine)
}

const overlay = (object: string, patch: string) => `spec:
  components:
    pilot:
      k8s:
        overlays:
        - ${object}
          patches:
          - ${patch}
`

test.each<[row: string, spec: string, ...told: string[]]>([
  [
    'an overlay of an object that is not there',
    overlay('{kind: Deployment, name: istiod-x}', 'path: spec.replicas\n            value: 2').replace(
      '- {kind: Deployment, name: istiod-x}\n          patches',
      '- kind: Deployment\n          name: istiod-x\n          patches',
    ),
    'input.yaml:11:17: error: the overlay must name an object of this component; there is no Deployment "istiod-x"; did you mean Deployment "istiod"?',
  ],
  [
    'an overlay of an item that is not there',
    overlay(
      'kind: Deployment\n          name: istiod',
      'path: spec.template.spec.containers.[name:nope].image\n            value: x',
    ),
    'input.yaml:13:19: error: `path` "spec.template.spec.containers.[name:nope].image" must lead somewhere',
  ],
  [
    'an overlay that makes a label a number',
    overlay('kind: Service\n          name: istiod', 'path: metadata.labels.build\n            value: 7'),
    'input.yaml:14:20: error: `spec.components.pilot.k8s.overlays[0].patches[0].value` must be text, as nothing else fits `metadata.labels.build` of Service "istio-system/istiod"; it is 7; put it into quotes: `value: "7"`.',
  ],
  [
    'a variable from a field that no pod has',
    'spec:\n  components:\n    pilot:\n      k8s:\n        env:\n        - name: A\n          valueFrom: {fieldRef: {fieldPath: status.podIp}}\n',
    'input.yaml:11:45: error: `spec.components.pilot.k8s.env[0].valueFrom.fieldRef.fieldPath` must refer to a field of pods that is handed out; Deployment "istio-system/istiod" would refer to "status.podIp"; did you mean "status.podIP"?',
  ],
  [
    'a Service without ports',
    'spec:\n  components:\n    pilot:\n      k8s:\n        service:\n          ports: null\n',
    'input.yaml:10:18: error: `spec.components.pilot.k8s.service.ports` must leave Service "istio-system/istiod" at least one port',
  ],
  [
    'a port for health checks that nobody asks',
    'spec:\n  components:\n    ingressGateways:\n    - name: edge\n      k8s:\n        service:\n          healthCheckNodePort: 32000\n',
    'input.yaml:11:32: error: `spec.components.ingressGateways[0].k8s.service.healthCheckNodePort` must come with `externalTrafficPolicy: Local`',
  ],
  [
    'a variable that is called like a boolean',
    'spec:\n  values:\n    pilot:\n      env:\n        "YES": a\n',
    'input.yaml:9:9: error: `spec.values.pilot.env.YES` must have a name that is text where it is printed; "YES" is read as true there',
  ],
  [
    'the name of a port where a container needs its number',
    'spec:\n  components:\n    ingressGateways:\n    - name: edge\n      k8s:\n        service:\n          ports:\n          - name: https\n            port: 443\n            targetPort: https\n',
    'input.yaml:14:25: error: `spec.components.ingressGateways[0].k8s.service.ports[0].targetPort` must be a whole number',
  ],
  [
    'a misspelt field of the mesh',
    'spec:\n  meshConfig:\n    accessLogFil: /dev/stdout\n',
    'input.yaml:7:5: error: `spec.meshConfig.accessLogFil` must be a known field; "accessLogFil" is none; did you mean `accessLogFile`?',
  ],
  [
    'two gateways of one name',
    'spec:\n  components:\n    ingressGateways:\n    - name: public\n    - name: public\n',
    'input.yaml:9:',
  ],
  [
    'an unknown value',
    'spec:\n  values:\n    global:\n      proxi: {}\n',
    'input.yaml:8:7: error: `spec.values.global.proxi` must be a known field; "proxi" is none; did you mean `proxy`?',
  ],
  [
    'text where a number belongs',
    'spec:\n  values:\n    pilot:\n      autoscaleMin: "two"\n',
    'input.yaml:8:21: error: `spec.values.pilot.autoscaleMin` must be a whole number; it is "two"',
  ],
  [
    'a quantity that is none',
    'spec:\n  components:\n    pilot:\n      k8s:\n        resources:\n          requests:\n            cpu: abc\n',
    'input.yaml:11:18: error: `spec.components.pilot.k8s.resources.requests.cpu` must be a quantity',
  ],
  [
    'a misspelt profile',
    'spec:\n  profile: defalt\n',
    'input.yaml:6:12: error: `spec.profile` must name a profile; "defalt" is none; did you mean "default"?',
  ],
  [
    'a misspelt setting of a component',
    'spec:\n  components:\n    pilot:\n      k8s:\n        replicaCnt: 2\n',
    'input.yaml:9:9: error: `spec.components.pilot.k8s.replicaCnt` must be a known field; "replicaCnt" is none; did you mean `replicaCount`?',
  ],
])('%s', (_, spec, ...told) => {
  const lines = errors(head + spec)
  expect(lines).toHaveLength(told.length)
  for (const [index, line] of told.entries()) expect(lines[index]).toContain(line)
})

test('an IstioOperator of another API', () => {
  expect(errors(`${head}spec: {}\n`.replace('install.istio.io/v1alpha1', 'v1'))).toEqual([
    expect.stringContaining(
      'input.yaml:1:13: error: the input must be an IstioOperator of "install.istio.io/v1alpha1"',
    ),
  ])
})
