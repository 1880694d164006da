import {RawApi} from './raw-api.ts';
import {eventually, patienceMs} from './eventually.ts';

type LabPod = Readonly<{
	metadata: {name: string; deletionTimestamp?: string};
	spec: {nodeName?: string};
	status: {phase?: string; containerStatuses?: ReadonlyArray<{restartCount: number; ready: boolean; state: {running?: object}}>};
}>;

/** The lab's echo workload as a Deployment that numbers its lines, in a namespace of its own. */
export class LabWriter implements AsyncDisposable {
	readonly namespace: string;
	readonly #api: RawApi;

	private constructor(api: RawApi, namespace: string) {
		this.#api = api;
		this.namespace = namespace;
	}

	/** Each pod writes a line every `everyMs`. */
	static async start(kubeconfig: string, replicas: number, everyMs: number): Promise<LabWriter> {
		const api = new RawApi(kubeconfig);
		const namespace = `k8tui-logs-${Math.random().toString(36).slice(2, 8)}`;
		await api.createNamespace(namespace);
		const writer = new LabWriter(api, namespace);
		const container = {
			name: 'echo',
			image: 'localhost/k8tui-lab/echo:1',
			imagePullPolicy: 'IfNotPresent',
			args: [`--log-every=${everyMs}ms`],
			env: [{name: 'POD_NAME', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}}],
		};
		const labels = {app: 'writer'};
		const template = {metadata: {labels}, spec: {terminationGracePeriodSeconds: 2, containers: [container]}};
		const deployment = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'writer'}, spec: {replicas, selector: {matchLabels: labels}, template}};
		await api.call('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, deployment);
		await writer.running(replicas);
		return writer;
	}

	/** Why there is nothing to run on; undefined where a node is Ready. */
	static async missing(kubeconfig: string): Promise<string | undefined> {
		using api = new RawApi(kubeconfig);
		const {json} = await api.call('GET', '/api/v1/nodes');
		// A NodeList.
		const {items} = json as {items: ReadonlyArray<{status: {conditions?: ReadonlyArray<{type: string; status: string}>}}>};
		const isReady = items.some(({status}) => status.conditions?.some(({type, status: value}) => type === 'Ready' && value === 'True'));
		return isReady ? undefined : 'no node of this cluster is Ready: nothing can write a log';
	}

	async pods(): Promise<readonly LabPod[]> {
		const {json} = await this.#api.call('GET', `/api/v1/namespaces/${this.namespace}/pods`);
		// A PodList.
		return (json as {items: readonly LabPod[]}).items;
	}

	/** Resolves when exactly so many pods run and none is on its way. */
	async running(count: number): Promise<readonly LabPod[]> {
		return await eventually(
			async () => {
				const pods = await this.pods().catch(() => []);
				const isDone = pods.length === count && pods.every(({status}) => status.containerStatuses?.every(({state}) => state.running !== undefined) === true);
				return isDone && pods;
			},
			2 * patienceMs,
			() => `${count} pods of ${this.namespace} do not run`,
		);
	}

	async scale(replicas: number): Promise<void> {
		await this.#change(deployment => ({...deployment, spec: {...deployment.spec, replicas}}));
		await this.running(replicas);
	}

	async rollOut(): Promise<void> {
		const before = new Set((await this.pods()).map(({metadata}) => metadata.name));
		await this.#change(deployment => {
			const {template} = deployment.spec;
			const annotations = {restarted: String(Math.random())};
			return {...deployment, spec: {...deployment.spec, template: {...template, metadata: {...template.metadata, annotations}}}};
		});
		await eventually(
			async () => (await this.pods()).every(({metadata}) => !before.has(metadata.name)),
			2 * patienceMs,
			() => 'pods of the old revision are still there',
		);
	}

	/** Its container exits, and the kubelet starts it again. */
	async crash(pod: string): Promise<void> {
		const restarts = (await this.pods()).find(({metadata}) => metadata.name === pod)?.status.containerStatuses?.[0]?.restartCount ?? 0;
		await this.#api.call('GET', `/api/v1/namespaces/${this.namespace}/pods/${pod}:8080/proxy/crash?code=3`).catch(() => undefined);
		await eventually(
			async () => (await this.pods()).some(({metadata, status}) => metadata.name === pod && (status.containerStatuses?.[0]?.restartCount ?? 0) > restarts),
			2 * patienceMs,
			() => `${pod} was not restarted`,
		);
	}

	/** What the API holds of a pod's current run, line by line. */
	async log(pod: string): Promise<readonly string[]> {
		const text = await this.#api.text(`/api/v1/namespaces/${this.namespace}/pods/${pod}/log`);
		return text.split('\n').slice(0, -1);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#api.call('DELETE', `/api/v1/namespaces/${this.namespace}`).catch(() => undefined);
		this.#api[Symbol.dispose]();
	}

	async #change(edit: (deployment: Deployment) => Deployment): Promise<void> {
		const path = `/apis/apps/v1/namespaces/${this.namespace}/deployments/writer`;
		await eventually(
			async () => {
				const {json} = await this.#api.call('GET', path);
				return await this.#api.call('PUT', path, edit(json as Deployment)).then(
					() => true,
					// Its controller has written it in between.
					() => false,
				);
			},
			2 * patienceMs,
			() => 'the Deployment cannot be changed',
		);
	}
}

type Deployment = Readonly<{spec: Readonly<{replicas: number; template: Readonly<{metadata: object}>}>}>;
