/**
 * What must be up before what, in the words a folder, a wave or a Kustomization can bear. A phase is a level of
 * readiness and not a kind: engines sort kinds themselves, and wait for health only between phases.
 */
export const phases = [
  'namespaces',
  'crds',
  'access',
  'control-plane',
  'webhooks',
  'mesh-config',
  'gateways',
  'scaling',
] as const

export type Phase = (typeof phases)[number]

/** How phases are numbered: the number of the first one, and the distance between two. */
export interface WaveNumbers {
  readonly start: number
  readonly step: number
}

/** Mesh configuration has wave 0, which is also the wave of whatever a user adds without a number. */
export const defaultWaves: WaveNumbers = { start: -5, step: 1 }

/** The number of a phase's wave. */
export function waveOf(phase: Phase, { start, step }: WaveNumbers): number {
  return start + step * phases.indexOf(phase)
}

/** The phase that a wave belongs to; waves before the first and after the last belong to these. */
export function phaseOf(wave: number, { start, step }: WaveNumbers): Phase {
  const index = Math.floor((wave - start) / step)
  return phases[Math.min(Math.max(index, 0), phases.length - 1)] as Phase
}
