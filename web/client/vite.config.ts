import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The built page is served by Kring itself and asks nobody else for anything: relative addresses, hashed names, no inlined data
// (a strict Content-Security-Policy has no room for it).
export default defineConfig({
  plugins: [svelte()],
  base: "/", // in index.html; the server writes its base path before it
  experimental: { renderBuiltUrl: (_, { hostType }) => (hostType === "html" ? undefined : { relative: true }) },
  build: {
    outDir: "../static",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  server: {
    fs: { allow: [".."] }, // the catalogue in ../locales is the server's too
    proxy: {
      "/api": "http://127.0.0.1:8000",
      "/ws": { target: "ws://127.0.0.1:8000", ws: true },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "sync/**/*.test.ts"],
    environment: "node",
    passWithNoTests: true,
  },
});
