import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './editor/compress.ts'

// `npm run dev` serves the editor with hot reload and hands API and WebSocket calls to a running `npm start`.
const server = process.env.ALIMFLOW_DEV_SERVER ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'editor',
  plugins: [react(), compressed()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2024', manifest: true },
  worker: { format: 'es' },
  server: {
    // Host stays as the browser sent it, or the door takes the page for a foreign one.
    proxy: {
      '/api': { target: server },
      '/schemas': { target: server },
      '/ws': { target: server, ws: true },
    },
  },
})
