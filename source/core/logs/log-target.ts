/** Whose logs are read. The pods of an owner, Service or selector join and leave as the watch says. */
export type LogTarget = Readonly<
	| {type: 'pod'; namespace: string; name: string; container?: string}
	/** `kind`: qualified plural name of what selects pods: `deployments.apps`, `services`. */
	| {type: 'owner'; kind: string; namespace: string; name: string}
	/** Without a namespace: all. */
	| {type: 'selector'; namespace?: string; labelSelector: string}
	/** A component's log on a node, by the kubelet's node log query: `kubelet`, `containerd`, `kube-proxy`, `k3s`. */
	| {type: 'node'; node: string; service: string}
>;
