import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { generate } from '../src/commands/generate.ts'
import { init } from '../src/commands/init.ts'

function run(...args: string[]) {
  const { stdout, problems, exitCode } = init(args)
  expect({ problems, exitCode }).toEqual({ problems: [], exitCode: 0 })
  return stdout
}

const part = (name: string, ...flags: string[]) => parse(run('argocd', name, ...flags))

describe('init argocd', () => {
  test('prints every part, each saying what it is for', () => {
    const text = run('argocd')
    const documents = parseAllDocuments(text)
    expect(documents.map(({ errors }) => errors.length)).toEqual([0, 0, 0, 0])
    expect(documents.map((document) => document.toJS())).toEqual(
      ['kustomize', 'helm', 'application', 'applicationset'].map((name) => part(name)),
    )
    expect(text.split('---\n').every((one) => /^# [A-Z].*\.\n/.test(one))).toBe(true)
  })

  test('both ways to install have the same sidecar, which runs as the image is made to', () => {
    const { containers, volumes } = part('kustomize').spec.template.spec
    expect(part('helm')).toEqual({ repoServer: { extraContainers: containers, volumes } })
    const [{ image, securityContext, volumeMounts, command }] = containers
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(image).toBe(`registry.example.com/render-istio:${version}`)
    const dockerfile = readFileSync('Dockerfile', 'utf8')
    expect(dockerfile).toContain(`USER ${securityContext.runAsUser}`)
    expect(dockerfile).toContain('/home/argocd/cmp-server/config/plugin.yaml')
    expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, runAsNonRoot: true })
    expect(command).toEqual(['/var/run/argocd/argocd-cmp-server'])
    expect(volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toContain('/tmp')
    expect(volumes).toEqual([{ name: 'render-istio-tmp', emptyDir: {} }])
  })

  test('takes image, repository, branch and folder', () => {
    const flags = ['--repo', 'https://x/y.git', '--target-revision', 'v1', '--path=clusters/one', '--image', 'i:1']
    expect(part('application', ...flags).spec.source).toMatchObject({
      repoURL: 'https://x/y.git',
      targetRevision: 'v1',
      path: 'clusters/one',
    })
    expect(part('applicationset', ...flags).spec.template.spec.source.repoURL).toBe('https://x/y.git')
    expect(part('kustomize', ...flags).spec.template.spec.containers[0].image).toBe('i:1')
  })

  test('names the plugin, and a folder that it renders', () => {
    const { plugin, path } = part('application').spec.source
    expect(plugin).toEqual({ name: parse(readFileSync('plugin.yaml', 'utf8')).metadata.name })
    expect(readdirSync(path)).toContain('istio-operator.yaml')
    expect(generate([path]).exitCode).toBe(0)
  })

  test("an ApplicationSet's parameters are understood, and give each cluster its name", () => {
    const { parameters } = part('applicationset').spec.template.spec.source.plugin
    const sent = JSON.stringify(parameters).replaceAll('{{.nameNormalized}}', 'cluster-1')
    const environment = { ARGOCD_APP_NAME: 'istio-cluster-1', ARGOCD_APP_PARAMETERS: sent }
    const { stdout, exitCode } = generate(['fixtures/default'], { environment })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('name: CLUSTER_ID\n          value: cluster-1\n')
  })

  test('ignores what istiod writes into the webhooks of the output, and nothing else', () => {
    const { ignoreDifferences, syncPolicy } = part('application').spec
    const objects = generate(['fixtures/default', '-o', 'json'])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const webhooks = objects.filter(({ kind }) => kind.endsWith('WebhookConfiguration'))
    expect(new Set(webhooks.map(({ kind }) => kind))).toEqual(
      new Set(ignoreDifferences.map(({ kind }: { kind: string }) => kind)),
    )
    for (const { webhooks: hooks } of webhooks) {
      for (const { clientConfig, failurePolicy } of hooks) {
        expect(clientConfig.caBundle).toBeUndefined()
        expect(failurePolicy).toBe('Fail')
      }
    }
    for (const { jqPathExpressions } of ignoreDifferences) {
      expect(jqPathExpressions).toEqual(['.webhooks[]?.clientConfig.caBundle'])
    }
    expect(syncPolicy.syncOptions).toEqual(['RespectIgnoreDifferences=true'])
    // Argo CD must not make the Namespace, which is among the objects.
    expect(objects.some(({ kind }) => kind === 'Namespace')).toBe(true)
  })
})

test.each<[string, string[], string]>([
  ['no host', [], 'must be followed by "argocd"'],
  ['another host', ['flux'], 'must be followed by "argocd"; it is "flux"'],
  ['a part that is none', ['argocd', 'helmm'], 'must be one of'],
  ['something behind the part', ['argocd', 'helm', 'x'], '"x" is left'],
  ['a flag that is none', ['argocd', '--img', 'x'], '`--img`'],
  ['a flag without its value', ['argocd', '--image'], '`--image`'],
])('%s is refused', (_, args, message) => {
  const { stdout, problems, exitCode } = init(args)
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
  expect(problems[0]?.message).toContain(message)
})

test('the program knows it', () => {
  const { stdout, status } = spawnSync(process.execPath, ['dist/render-istio.cjs', 'init', 'argocd', 'application'], {
    encoding: 'utf8',
  })
  expect({ stdout, status }).toEqual({ stdout: run('argocd', 'application'), status: 0 })
})
