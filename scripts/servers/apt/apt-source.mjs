/**
 * Where apt gets packages from: one entry of its configuration.
 *
 * @typedef {object} AptSource
 * @property {string[]} types `deb` for binary packages, `deb-src` for sources
 * @property {string[]} uris
 * @property {string[]} suites
 * @property {string[]} components
 * @property {string | undefined} signedBy a keyring's path, key fingerprints or a whole key; as in the file
 * @property {string | undefined} trusted `yes`: apt takes it unsigned
 */

/**
 * The entry to fetch Debian's other suites from: the one whose address ends in `/debian`, as mirrors of Debian's
 * archive have it, or else one that offers the release this machine runs.
 *
 * @param {AptSource[]} sources
 * @param {string | undefined} codename of this machine's Debian release; undefined where it is another system
 * @returns {AptSource | undefined}
 */
export function findDebianArchive(sources, codename) {
  const binary = sources.filter(
    ({ types, components }) => types.includes("deb") && components.includes("main"),
  );
  return (
    binary.find(({ uris }) => uris.some((uri) => /\/debian\/*$/.test(uri))) ??
    binary.find(({ suites }) => codename !== undefined && suites.includes(codename))
  );
}

/**
 * The same archive's other suite, in deb822 format. Only the package list of this architecture is asked for.
 *
 * @param {AptSource} source
 * @param {{ suite: string, architecture: string }} options
 * @returns {string}
 */
export function formatSource(source, { suite, architecture }) {
  const fields = [
    ["Types", "deb"],
    ["URIs", source.uris.join(" ")],
    ["Suites", suite],
    ["Components", "main"],
    ["Architectures", architecture],
    ["Targets", "Packages"],
    ["Signed-By", source.signedBy],
    ["Trusted", source.trusted],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`])).join("");
}
