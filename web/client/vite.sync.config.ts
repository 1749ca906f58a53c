import { defineConfig } from "vite";

// The sync client as one file of its own, for pages that others make: served as /sync.js, beside the built page.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../static",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "sync/index.ts", formats: ["es"], fileName: () => "sync.js" },
  },
});
