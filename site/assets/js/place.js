// Where the site is, and how its files are reached from there.

// In a folder of a disk nothing turns an address into the index.html below it.
export const inFolder = location.protocol === "file:";
export const indexFile = inFolder ? "index.html" : "";

const assets = document.currentScript.src.replace(/[^/]*$/, "");

export const asset = (file) => assets + file;

const loading = {};

// forget makes the next call of data load everything again.
export function forget() {
  for (const file of Object.keys(loading)) delete loading[file];
}

// data loads one of the scripts that hold data or functions, and returns what is
// held under a name. Scripts, because nothing else can be fetched in a folder.
export function data(name, file) {
  loading[file] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = asset(file);
    script.onload = resolve;
    script.onerror = () => {
      delete loading[file]; // the next try may succeed
      reject(new Error(file));
    };
    document.head.append(script);
  });
  return loading[file].then(() => globalThis.reasonbookData[name]);
}
