import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { validatorsForVite } from './scripts/validators.mjs'

export default defineConfig({
  plugins: [
    validatorsForVite,
    {
      name: 'go-templates-as-text',
      enforce: 'pre',
      load: (id) => (id.endsWith('.gotmpl') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined),
    },
  ],
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], testTimeout: 60_000 },
})
