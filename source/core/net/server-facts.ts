/** `api-server-version`, target `/version`. */
export type ServerVersionFacts = Readonly<{gitVersion: string}>;

/** `node-passwords`, target `kube-system`: the names of the Secrets in which k3s and RKE2 keep the hash of each node's password. */
export type NodePasswordFacts = Readonly<{secrets: readonly string[]}>;

/** `node-password-events`, target `default`: nodes that the server of k3s refused and has not taken since. */
export type NodeRefusalFacts = Readonly<{refusals: ReadonlyArray<Readonly<{node: string; message: string; at: number}>>}>;

const passwordSecret = /^(.+)\.node-password\.(?:k3s|rke2)$/;

/** `n1.node-password.k3s` -> `n1`, in small letters as k3s writes it; undefined for other Secrets. */
export function nodeOfPassword(secret: string): string | undefined {
	return passwordSecret.exec(secret)?.[1];
}
