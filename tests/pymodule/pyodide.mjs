// Run a script in the current folder as `python -I -W error -c SCRIPT ARGUMENT...` does: node pyodide.mjs PYODIDE ...
// Pyodide is CPython compiled to WebAssembly; its npm packages have Pythons that distributions do not have yet.
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker, isMainThread } from "node:worker_threads";

if (isMainThread) {
  // A thread can be given room: on Node's own stack, deep recursion ends Node before Python notices it.
  const thread = new Worker(fileURLToPath(import.meta.url), {
    argv: process.argv.slice(2),
    resourceLimits: { stackSizeMb: 64 },
  });
  thread.on("exit", (code) => (process.exitCode = code));
} else {
  const [folder, script, ...args] = process.argv.slice(2);
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
  const python = await loadPyodide({
    env: process.env,
    stdout: (line) => process.stdout.write(`${line}\n`),
    stderr: (line) => process.stderr.write(`${line}\n`),
  });
  // Folders have to be mounted to be seen: this one, and those that are named.
  for (const seen of [process.cwd(), ...args.filter((argument) => argument.startsWith("/"))]) {
    python.FS.mkdirTree(seen);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: seen }, seen);
  }
  python.FS.chdir(process.cwd());
  python.globals.set("arguments", python.toPy(args));
  try {
    // Only now: what starts Pyodide itself is deprecated in newer Pythons.
    python.runPython("import sys, warnings; sys.argv = ['-c', *arguments]; warnings.simplefilter('error')");
    python.runPython(script);
  } catch (error) {
    process.stderr.write(error.message);
    process.exitCode = 1;
  }
}
