import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  // Relative, because a host may mount the console under any path.
  base: './',
  plugins: [react()],
  // The SDK's sources, so that a change there needs no build.
  resolve: { conditions: ['posthorn-source', ...defaultClientConditions] },
})
