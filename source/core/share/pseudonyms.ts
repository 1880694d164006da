import type {Ref} from '../kubernetes.ts';

/** Names that are the same in every cluster tell nothing. */
const common: ReadonlySet<string> = new Set([
	'default',
	'kube-system',
	'kube-public',
	'kube-node-lease',
	'kubernetes',
	'kube-dns',
	'coredns',
	'kube-proxy',
	'metrics-server',
	'kube-root-ca.crt',
]);

/** Names that stand for the names of a cluster, the same for as long as the program runs: `pod-1`, `namespace-2`. */
export class Pseudonyms {
	readonly #names = new Map<string, string>();
	readonly #counts = new Map<string, number>();

	/** Learns the names of an object that was read. */
	learn({kind, name, namespace}: Ref): void {
		this.#add(kind === '' ? 'object' : kind.toLowerCase(), name);
		if (namespace !== undefined) this.#add('namespace', namespace);
	}

	/** What stands for a name; undefined for a word that is none. */
	of(name: string): string | undefined {
		return this.#names.get(name);
	}

	#add(kind: string, name: string): void {
		if (name.length < 2 || common.has(name) || this.#names.has(name)) return;
		const count = (this.#counts.get(kind) ?? 0) + 1;
		this.#counts.set(kind, count);
		this.#names.set(name, `${kind}-${count}`);
	}
}
