import {type JsonObject, recordsAt, textAt} from '../json.ts';

export type ContainerOptions = Readonly<{
	image: string;
	/** The port it serves on; without one it has neither ports nor probes. */
	port?: number;
	/** More that it declares, as `name: number`. */
	morePorts?: Readonly<Record<string, number>>;
	env?: Readonly<Record<string, string>>;
	envFrom?: Readonly<Record<string, Readonly<{configMap: string; key: string}>>>;
	requests?: Readonly<{cpu: string; memory: string}>;
	limits?: Readonly<{cpu?: string; memory?: string}>;
	command?: readonly string[];
	mounts?: readonly JsonObject[];
}>;

const tokenMount = {name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount'};

function probe(port: number, path: string, initialDelaySeconds: number): JsonObject {
	return {httpGet: {path, port, scheme: 'HTTP'}, initialDelaySeconds, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3};
}

/** The environment that applications of this size have. */
function environment(name: string, own: Readonly<Record<string, string>>): readonly JsonObject[] {
	const plain = {
		SERVICE_NAME: name,
		LOG_LEVEL: 'info',
		LOG_FORMAT: 'json',
		OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.monitoring.svc.cluster.local:4317',
		OTEL_RESOURCE_ATTRIBUTES: `service.name=${name},deployment.environment=production`,
		HTTP_READ_TIMEOUT: '15s',
		...own,
	};
	return [
		...Object.entries(plain).map(([key, value]) => ({name: key, value})),
		{name: 'POD_NAME', valueFrom: {fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.name'}}},
		{name: 'POD_IP', valueFrom: {fieldRef: {apiVersion: 'v1', fieldPath: 'status.podIP'}}},
	];
}

function referred(from: NonNullable<ContainerOptions['envFrom']>): readonly JsonObject[] {
	return Object.entries(from).map(([name, {configMap, key}]) => ({name, valueFrom: {configMapKeyRef: {name: configMap, key, optional: true}}}));
}

/** A container of a pod template, with everything the server fills in. */
export function container(name: string, options: ContainerOptions): JsonObject {
	const {port} = options;
	const more = Object.entries(options.morePorts ?? {}).map(([portName, containerPort]) => ({name: portName, containerPort, protocol: 'TCP'}));
	return {
		name,
		image: options.image,
		...(options.command === undefined ? {} : {command: options.command}),
		...(port === undefined ? {} : {ports: [{name: 'http', containerPort: port, protocol: 'TCP'}, ...more]}),
		env: [...environment(name, options.env ?? {}), ...referred(options.envFrom ?? {})],
		resources: {
			...(options.limits === undefined ? {} : {limits: options.limits}),
			...(options.requests === undefined ? {} : {requests: options.requests}),
		},
		volumeMounts: [...(options.mounts ?? []), tokenMount],
		...(port === undefined ? {} : {livenessProbe: probe(port, '/healthz', 10), readinessProbe: probe(port, '/ready', 3)}),
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
		imagePullPolicy: 'IfNotPresent',
		securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ['ALL']}},
	};
}

/** The proxy beside the application. */
export function envoy(): JsonObject {
	return container('envoy', {
		image: 'registry.example.test/mesh/envoy:1.33.2',
		port: 15021,
		requests: {cpu: '20m', memory: '64Mi'},
		limits: {memory: '128Mi'},
	});
}

/** The volume of the service account's token that every pod gets. */
export const tokenVolume: JsonObject = {
	name: 'kube-api-access',
	projected: {
		sources: [
			{serviceAccountToken: {expirationSeconds: 3607, path: 'token'}},
			{configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
			{downwardAPI: {items: [{path: 'namespace', fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.namespace'}}]}},
		],
		defaultMode: 420,
	},
};

export type PodSpecOptions = Readonly<{
	containers: readonly JsonObject[];
	initContainers?: readonly JsonObject[];
	volumes?: readonly JsonObject[];
	restartPolicy?: 'Always' | 'OnFailure' | 'Never';
	serviceAccountName?: string;
	nodeSelector?: Readonly<Record<string, string>>;
	priorityClassName?: string;
	graceSeconds?: number;
	/** In the network of its node. */
	isHostNetwork?: boolean;
	/** Default ClusterFirst. */
	dnsPolicy?: 'Default' | 'ClusterFirst' | 'ClusterFirstWithHostNet';
}>;

/** Agents of a node start before the DNS of the cluster does, so nothing in them names a Service. */
function withoutTraces(one: JsonObject): JsonObject {
	return {...one, env: recordsAt(one, 'env').filter(variable => textAt(variable, 'name') !== 'OTEL_EXPORTER_OTLP_ENDPOINT')};
}

/** The spec of a pod template. */
export function podSpec(options: PodSpecOptions): JsonObject {
	return {
		volumes: [...(options.volumes ?? []), tokenVolume],
		...(options.initContainers === undefined ? {} : {initContainers: options.initContainers}),
		containers: options.isHostNetwork === true ? options.containers.map(withoutTraces) : options.containers,
		restartPolicy: options.restartPolicy ?? 'Always',
		terminationGracePeriodSeconds: options.graceSeconds ?? 30,
		dnsPolicy: options.dnsPolicy ?? 'ClusterFirst',
		...(options.nodeSelector === undefined ? {} : {nodeSelector: options.nodeSelector}),
		serviceAccountName: options.serviceAccountName ?? 'default',
		serviceAccount: options.serviceAccountName ?? 'default',
		...(options.isHostNetwork === true ? {hostNetwork: true} : {}),
		securityContext: {},
		schedulerName: 'default-scheduler',
		tolerations: ['not-ready', 'unreachable'].map(taint => ({
			key: `node.kubernetes.io/${taint}`,
			operator: 'Exists',
			effect: 'NoExecute',
			tolerationSeconds: 300,
		})),
		...(options.priorityClassName === undefined ? {} : {priorityClassName: options.priorityClassName}),
		priority: options.priorityClassName === undefined ? 0 : 2_000_000_000,
		enableServiceLinks: true,
		preemptionPolicy: 'PreemptLowerPriority',
	};
}
