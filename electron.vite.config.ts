import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: resolve(here, 'src-main/index.ts'),
          'desk-process': resolve(here, 'src-main/desk-process.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: resolve(here, 'src-preload/index.ts') },
        // A sandboxed preload is CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: resolve(here, 'out/renderer'),
      emptyOutDir: true,
      rollupOptions: {
        input: {
          console: resolve(here, 'src-renderer/console.html'),
          phone: resolve(here, 'src-renderer/phone.html'),
          agency: resolve(here, 'src-renderer/agency.html'),
          'citizen-call': resolve(here, 'src-renderer/citizen-call.html'),
        },
      },
    },
  },
})
