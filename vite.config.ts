import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const proxyTarget = process.env.GATEHOUSE_DEV_PROXY ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    // The router plugin rewrites route files and must see them before React's does.
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: 'src/routes',
      generatedRouteTree: 'src/routeTree.gen.ts',
      routeFileIgnorePattern: '\\.(test|module)\\.',
      quoteStyle: 'single',
      semicolons: false,
      // Colocated `-files` and tests are watched by Vite, not by the generator.
      disableLogging: true,
    }),
    react(),
  ],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    target: 'es2022',
    // The module preload polyfill is for browsers older than the build target.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    // Every lazy chunk is named in the entry, which has a budget of bytes; the manifest says which source is which.
    rolldownOptions: {
      output: { chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]' },
    },
    reportCompressedSize: true,
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '/api': { target: proxyTarget } } },
  preview: { proxy: { '/api': { target: proxyTarget } } },
})
