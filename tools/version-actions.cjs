// How `nx release` reads and writes the versions of the packages. Nx brings this for npm in a package of its own, which lags
// behind the newest Nx; what two packages of one repository need is little.
const { execFileSync } = require('node:child_process');
const { VersionActions } = require('nx/release');

const MANIFEST = 'package.json';
const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies'];

class PackageVersionActions extends VersionActions {
  validManifestFilenames = [MANIFEST];

  get #path() {
    return `${this.projectGraphNode.data.root}/${MANIFEST}`;
  }

  async readCurrentVersionFromSourceManifest(tree) {
    return { currentVersion: read(tree, this.#path).version, manifestPath: this.#path };
  }

  /** Versions are in the tags of git: a registry is not asked. */
  async readCurrentVersionFromRegistry() {
    return null;
  }

  async readCurrentVersionOfDependency(tree, _graph, dependency) {
    const manifest = read(tree, this.#path);
    const collection = DEPENDENCIES.find((one) => manifest[one]?.[dependency]);
    return {
      currentVersion: collection ? manifest[collection][dependency] : null,
      dependencyCollection: collection ?? null,
    };
  }

  async updateProjectVersion(tree, newVersion) {
    const manifest = read(tree, this.#path);
    write(tree, this.#path, { ...manifest, version: newVersion });
    return [`New version ${newVersion} written to ${this.#path}`];
  }

  /** Both packages are made for each other: the version of one in the other is exact. */
  async updateProjectDependencies(tree, _graph, versions) {
    const manifest = read(tree, this.#path);
    const changed = [];
    for (const collection of DEPENDENCIES)
      for (const [name, version] of Object.entries(versions))
        if (manifest[collection]?.[name]) {
          manifest[collection][name] = version;
          changed.push(`${name} ${version} written to ${this.#path}`);
        }
    if (changed.length > 0) write(tree, this.#path, manifest);
    return changed;
  }
}

const read = (tree, path) => JSON.parse(tree.read(path, 'utf8'));
const write = (tree, path, manifest) => tree.write(path, `${JSON.stringify(manifest, null, 2)}\n`);

/** The lock file has the versions, too. */
async function afterAllProjectsVersioned(cwd, { dryRun }) {
  if (!dryRun)
    execFileSync(
      'npm',
      ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'],
      { cwd, stdio: 'inherit', shell: process.platform === 'win32' },
    );
  return { changedFiles: ['package-lock.json'], deletedFiles: [] };
}

module.exports = { default: PackageVersionActions, afterAllProjectsVersioned };
