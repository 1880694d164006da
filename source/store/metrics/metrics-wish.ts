/** What somebody wants to see measured. */
export type MetricsWish = Readonly<{
	nodes: boolean;
	/** Pods, of all namespaces without one; undefined: none. */
	pods?: Readonly<{namespace?: string}>;
	/** Nodes on screen, whose kubelets are asked while the metrics API gives nothing. Empty: they are not. */
	kubelets?: readonly string[];
	/** Nodes of which the whole summary is shown: file systems, volumes. */
	details?: readonly string[];
}>;

/** All wishes as one: pods of two namespaces are those of all. */
export function combined(wishes: Iterable<MetricsWish>): MetricsWish {
	let nodes = false;
	let pods: MetricsWish['pods'];
	const kubelets = new Set<string>();
	const details = new Set<string>();
	for (const wish of wishes) {
		nodes ||= wish.nodes;
		if (wish.pods !== undefined) pods = pods === undefined || pods.namespace === wish.pods.namespace ? wish.pods : {};
		for (const node of wish.kubelets ?? []) kubelets.add(node);
		for (const node of wish.details ?? []) details.add(node);
	}
	return {nodes, ...(pods === undefined ? {} : {pods}), kubelets: [...kubelets], details: [...details]};
}

/** Does the one give all that the other asks of the metrics API? */
export function covers(one: MetricsWish, other: MetricsWish): boolean {
	const covered = other.pods === undefined || (one.pods !== undefined && (one.pods.namespace === undefined || one.pods.namespace === other.pods.namespace));
	return covered && (one.nodes || !other.nodes);
}
