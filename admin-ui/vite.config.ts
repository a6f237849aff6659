import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'

const encodings = { br: promisify(brotliCompress), gz: promisify(gzip) }

/** Writes each asset's .br and .gz beside it, so that the server never compresses. */
const precompress: Plugin = {
  name: 'precompress',
  apply: 'build',
  writeBundle: {
    order: 'post',
    async handler({ dir = '' }, bundle) {
      const write = async (name: string, content: string | Uint8Array) => {
        for (const [extension, compress] of Object.entries(encodings)) {
          await writeFile(join(dir, `${name}.${extension}`), await compress(content))
        }
      }
      await Promise.all(
        Object.values(bundle)
          // Not the page, which is filled in for each response.
          .filter(({ fileName }) => /\.(js|css|svg)$/.test(fileName))
          .map((file) => write(file.fileName, file.type === 'chunk' ? file.code : file.source)),
      )
    },
  },
}

export default defineConfig({
  // Relative, because a host may mount the console under any path.
  base: './',
  plugins: [react(), precompress],
  // Says which chunk brings which: what the budgets are measured by.
  build: { manifest: true },
  // The server puts a nonce in its place, a new one for each response.
  html: { cspNonce: 'CSP_NONCE' },
  // The SDK's sources, so that a change there needs no build.
  resolve: { conditions: ['posthorn-source', ...defaultClientConditions] },
  // `npm run dev -w admin-ui` speaks to the server that `npm run dev` starts.
  server: { proxy: { '/v1': 'http://127.0.0.1:8080' } },
})
