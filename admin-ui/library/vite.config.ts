import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, esmExternalRequirePlugin, type Plugin } from 'vite'

/** React is the host's; all else is in the files, so that nothing of it meets what the host has. */
const external = [/^react(?:-dom)?(?:\/.*)?$/]

/** The styles go into the script: a shadow root has its own, and a host nothing to import. */
const putStylesIn: Plugin = {
  name: 'put-styles-in',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const files = Object.values(bundle)
      const sheets = files.filter(({ fileName }) => fileName.endsWith('.css'))
      const css = sheets.map((file) => (file.type === 'asset' ? file.source : '')).join('\n')
      for (const { fileName } of sheets) delete bundle[fileName]
      for (const file of files) {
        if (file.type !== 'chunk') continue
        file.code = file.code.replaceAll('CONSOLE_STYLES', () => JSON.stringify(css))
      }
    },
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [react(), esmExternalRequirePlugin({ external }), putStylesIn],
  resolve: { conditions: ['posthorn-source', ...defaultClientConditions] },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  build: {
    outDir: 'library/dist',
    target: 'es2023',
    minify: true,
    copyPublicDir: false,
    lib: {
      entry: { react: 'src/react/index.ts', frame: 'src/frame/index.ts' },
      formats: ['es'],
    },
    rolldownOptions: {
      output: { banner: (chunk) => (chunk.name === 'react' ? "'use client';" : '') },
    },
  },
})
