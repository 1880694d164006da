import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {NetPod, NetService, ServicePort} from '../net-objects.ts';
import type {NotChecked, PathStep} from '../net-report.ts';
import type {PolicyAnswer} from '../policy/policy-answer.ts';

/** One address behind a Service, with what stands for and against it. */
export type TraceEndpoint = Readonly<{
	address: string;
	/** Of the container; undefined where the slice has no such port. */
	port?: number;
	protocol: string;
	ready: boolean;
	serving: boolean;
	terminating: boolean;
	/** kube-proxy sends traffic of this client here. */
	used: boolean;
	/** Why not, or what is special about it: `not ready`, `draining`, `other node, internalTrafficPolicy Local`. */
	note?: string;
	/** undefined: an address that belongs to no pod we know. */
	pod?: NetPod;
	node?: string;
	zone?: string;
	/** Does a container declare the port? Informational; undefined: no pod, or it declares none at all. */
	declared?: boolean;
	/** The mesh proxy beside it: `istio-proxy`. */
	sidecar?: string;
	/** undefined: not to be evaluated (no client pod, policies not read). */
	policy?: PolicyAnswer;
}>;

/** What becomes of a connection, as the tracer predicts it (diagnosis.md 5.1). */
export type TraceOutcome = 'ok' | 'no-endpoints' | 'dropped' | 'denied' | 'port-unmatched' | 'name-unresolved' | 'refused-entry' | 'unknown';

/** The way from a client to a container, derived from objects alone. */
export type Trace = Readonly<{
	/** As it was asked for: `web.shop:80`. */
	destination: string;
	/** undefined: from outside the cluster. */
	from?: NetPod;
	/** What the path ends in: the Service, the pod, or what could not be found. */
	subject: Ref;
	/** From the client to the container; at most one is `broken`, what comes after it is `predicted`. */
	steps: readonly PathStep[];
	outcome: TraceOutcome;
	/** What the client sees: `connection refused`. Empty where all is well. */
	symptom: string;
	service?: NetService;
	servicePort?: ServicePort;
	/** Address that the name has for this client: the Service IP; several for a headless Service. */
	addresses: readonly string[];
	/** The full name, with its final dot, where the destination has one: `web.shop.svc.cluster.local.` */
	dnsName?: string;
	/** What is spoken, as far as the destination says it. */
	scheme?: 'http' | 'https' | 'tls';
	host?: string;
	path?: string;
	endpoints: readonly TraceEndpoint[];
	findings: readonly Finding[];
	notChecked: readonly NotChecked[];
}>;

export type TraceQuestion = Readonly<{
	/** The client pod; undefined: from outside the cluster. */
	from?: NetPod;
	/** `[kind/]NAME[.NAMESPACE][:PORT]` or a URL. */
	destination: string;
	/** Where a name without a namespace is looked up when there is no client pod. */
	namespace: string;
}>;
