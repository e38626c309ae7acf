// The library in Python, away from the page: a query comes in, the HTML of the panels goes out.
const here = new URL("./", import.meta.url);
const files = new URL("files/", here);

async function fetched(name, folder) {
  const response = await fetch(new URL(name, folder));
  if (!response.ok) throw new Error(`${name} is not there`);
  return response;
}

async function started() {
  const wheels = await (await fetched("wheels.json", files)).json();
  const { loadPyodide } = await import(new URL("pyodide.mjs", files));
  const python = await loadPyodide({ indexURL: files.href });
  for (const wheel of wheels) {
    python.unpackArchive(await (await fetched(wheel, files)).arrayBuffer(), "wheel");
  }
  for (const source of ["inputs.py", "appraise.py"]) {
    python.FS.writeFile(source, await (await fetched(source, here)).text());
  }
  return python.pyimport("appraise").answer;
}

const starting = started();

self.onmessage = async ({ data: { query, reform } }) => {
  try {
    const answer = await starting;
    const made = answer(query);
    postMessage({ panels: made.toJs({ dict_converter: Object.fromEntries }), reform });
    made.destroy();
  } catch (error) {
    postMessage({ failed: String(error) });
  }
};
