import type { Plugin } from 'esbuild'
import type { Plugin as VitePlugin } from 'vitest/config'

export const validatorsForEsbuild: Plugin
export const validatorsForVite: VitePlugin
