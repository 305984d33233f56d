// Starts the matcher: Go's own script for WebAssembly, and the binary.
import "./wasm_exec.js";

(globalThis.reasonbookData ??= {}).start = async ({ asset, data }) => {
  const go = new Go();
  const { instance } = await load(go.importObject, asset, data);
  go.run(instance); // goes on until the page closes
  return globalThis.reasonbook;
};

async function load(imports, asset, data) {
  if (location.protocol === "file:") {
    const zipped = Uint8Array.from(atob(await data("matcher", "matcher.wasm.js")), (c) => c.charCodeAt(0));
    const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.instantiate(await new Response(stream).arrayBuffer(), imports);
  }
  const response = await fetch(asset("matcher.wasm"));
  if (!response.ok) throw new Error(response.statusText);
  // Some hosts do not know the media type, which streaming asks for.
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
