export type KubeconfigOptions = Readonly<{
	server: string;
	token: string;
	/** Default `default`. */
	namespace?: string;
	/** Sent as Impersonate-User. */
	impersonate?: string;
	/** The name of the context, cluster and user. */
	name?: string;
}>;

/** A kubeconfig for the demo server as YAML. */
export function kubeconfigText(options: KubeconfigOptions): string {
	const name = options.name ?? 'demo';
	const impersonation = options.impersonate === undefined ? '' : `    as: ${JSON.stringify(options.impersonate)}\n`;
	return `apiVersion: v1
kind: Config
current-context: ${name}
clusters:
- name: ${name}
  cluster:
    server: ${options.server}
contexts:
- name: ${name}
  context:
    cluster: ${name}
    user: ${name}
    namespace: ${options.namespace ?? 'default'}
users:
- name: ${name}
  user:
    token: ${options.token}
${impersonation}`;
}
