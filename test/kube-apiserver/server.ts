import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type RequestOptions, request } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the API server answers; a refusal is an answer, too. */
export interface Answer {
  readonly status: number
  readonly body: { readonly [field: string]: unknown }
}

/** A control plane of etcd and kube-apiserver alone: it stores and judges objects, and nothing acts on them. */
export interface Server {
  readonly version: string
  call(method: string, path: string, body?: unknown): Promise<Answer>
  stop(): Promise<void>
}

export interface Binaries {
  readonly etcd: string
  readonly apiserver: string
}

/** The two programs in the folder that `KUBEBUILDER_ASSETS` names, as setup-envtest leaves them, else on the path. */
export function findBinaries(): Binaries | undefined {
  const folder = process.env.KUBEBUILDER_ASSETS
  const [etcd, apiserver] = ['etcd', 'kube-apiserver'].map((name) => {
    if (folder) return existsSync(join(folder, name)) ? join(folder, name) : undefined
    return spawnSync(name, ['--version']).status === 0 ? name : undefined
  })
  return etcd && apiserver ? { etcd, apiserver } : undefined
}

/** Starts both on ports of their own, for this machine only. */
export async function startServer({ etcd, apiserver }: Binaries): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-apiserver-'))
  const running: ChildProcess[] = []
  let said = ''
  const run = (program: string, args: readonly string[]) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-4000)
    })
    running.push(child)
  }
  const stop = async () => {
    agent.destroy()
    await Promise.all(
      [...running].reverse().map(
        (child) =>
          new Promise((done) => {
            if (child.exitCode !== null) return done(undefined)
            child.once('exit', done)
            child.kill('SIGKILL')
          }),
      ),
    )
    rmSync(folder, { recursive: true, force: true })
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false })
  const [client, peer, secure] = [await freePort(), await freePort(), await freePort()]
  const url = `http://127.0.0.1:${client}`
  run(etcd, [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync'],
    ...['--listen-client-urls', url, '--advertise-client-urls', url],
    ...['--listen-peer-urls', `http://127.0.0.1:${peer}`],
  ])
  const key = join(folder, 'accounts.pem')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  // Whoever knows the token may do everything.
  const [token, tokens] = [randomUUID(), join(folder, 'tokens.csv')]
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`)
  run(apiserver, [
    ...['--etcd-servers', url, '--bind-address', '127.0.0.1', '--endpoint-reconciler-type', 'none'],
    // It wants an address to tell pods, which may not be this machine's own; nobody asks for this one.
    ...['--advertise-address', '192.0.2.1'],
    ...['--secure-port', String(secure), '--cert-dir', join(folder, 'certificates')],
    ...['--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', key],
    ...['--service-account-signing-key-file', key, '--service-cluster-ip-range', '10.0.0.0/16'],
    ...['--authorization-mode', 'RBAC', '--token-auth-file', tokens],
    // What Istio asks for only where it is told to; stored by servers that know it.
    ...['--feature-gates', 'ClusterTrustBundle=true,ClusterTrustBundleProjection=true'],
    ...['--runtime-config', 'certificates.k8s.io/v1beta1/clustertrustbundles=true'],
    // Accounts are given tokens by a controller that isn't there.
    ...['--disable-admission-plugins', 'ServiceAccount'],
  ])
  const call = (method: string, path: string, body?: unknown) =>
    send({ agent, host: '127.0.0.1', port: secure, method, path, headers: headers(method, token) }, body)
  const patience = Date.now() + 120_000
  for (;;) {
    const ready = await call('GET', '/readyz').catch(() => undefined)
    if (ready?.status === 200) break
    if (Date.now() > patience || running.some((child) => child.exitCode !== null)) {
      await stop()
      throw new Error(`kube-apiserver does not become ready:\n${said}`)
    }
    await new Promise((done) => setTimeout(done, 200))
  }
  const { body } = await call('GET', '/version')
  return { version: String(body.gitVersion), call, stop }
}

function headers(method: string, token: string) {
  const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json'
  return { authorization: `Bearer ${token}`, 'content-type': type }
}

function send(options: RequestOptions, body: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = answer.headers['content-type']?.startsWith('application/json')
        resolve({ status: answer.statusCode ?? 0, body: isJson ? JSON.parse(text) : { message: text } })
      })
    })
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
