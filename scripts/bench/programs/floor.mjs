// The least that a Node program has to do: walk the folder, and `stat` or `read` every file.
import { readdirSync, readFileSync, statSync } from "node:fs";

const [work, dir] = process.argv.slice(2);
const visit = work === "stat" ? (path) => statSync(path).size : (path) => readFileSync(path).length;

function walk(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    bytes += entry.isDirectory() ? walk(path) : visit(path);
  }
  return bytes;
}

process.stdout.write(`${walk(dir)}\n`);
