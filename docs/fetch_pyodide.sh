#!/usr/bin/env bash
# Put what the page "Try it" runs beside it: Pyodide, and wheels of the library and of what it needs.
#
#     docs/fetch_pyodide.sh FOLDER    # the folder of the documentation that was built
#
# It takes npm, and a Python with pip.
set -euo pipefail

pyodide=314.0.7
files=$(realpath "$1")/_static/try/files
project=$(dirname "$(dirname "$(realpath "$0")")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rm -rf "$files"
mkdir -p "$files"
npm pack --silent --pack-destination "$work" "pyodide@$pyodide" > /dev/null
tar --extract --gzip --file "$work/pyodide-$pyodide.tgz" --directory "$files" --strip-components 1 \
    package/pyodide.mjs package/pyodide.asm.mjs package/pyodide.asm.wasm \
    package/python_stdlib.zip package/pyodide-lock.json
python -m pip wheel --quiet --wheel-dir "$files" "$project"
cd "$files"
python -c 'import json, pathlib; print(json.dumps(sorted(map(str, pathlib.Path().glob("*.whl")))))' \
    > wheels.json
