import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  // Relative, because a host may mount the console under any path.
  base: './',
  plugins: [react()],
  // The SDK's sources, so that a change there needs no build.
  resolve: { conditions: ['posthorn-source', ...defaultClientConditions] },
  // `npm run dev -w admin-ui` speaks to the server that `npm run dev` starts.
  server: { proxy: { '/v1': 'http://127.0.0.1:8080' } },
})
