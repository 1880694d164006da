import type {Condition} from '../conditions.ts';
import type {KubeObject} from '../kubernetes.ts';
import type {ContainerStatus} from '../pod.ts';

/** A port as a container declares it; the declaration is informational, but a Service may name it. */
export type ContainerPort = Readonly<{name?: string; containerPort: number; protocol?: string; hostPort?: number; hostIP?: string}>;
export type NetContainer = Readonly<{name: string; image?: string; restartPolicy?: string; ports?: readonly ContainerPort[]}>;

/** What the network screens read of a Pod. */
export type NetPod = KubeObject &
	Readonly<{
		spec?: Readonly<{
			nodeName?: string;
			hostNetwork?: boolean;
			containers?: readonly NetContainer[];
			initContainers?: readonly NetContainer[];
			readinessGates?: ReadonlyArray<Readonly<{conditionType: string}>>;
		}>;
		status?: Readonly<{
			phase?: string;
			podIP?: string;
			podIPs?: ReadonlyArray<Readonly<{ip: string}>>;
			hostIP?: string;
			conditions?: readonly Condition[];
			containerStatuses?: readonly ContainerStatus[];
		}>;
	}>;

/** Without a name only where it is the single port (API reference, ServicePort). */
export type ServicePort = Readonly<{
	name?: string;
	protocol?: string;
	appProtocol?: string;
	port: number;
	targetPort?: number | string;
	nodePort?: number;
}>;

/** What the network screens read of a Service. */
export type NetService = KubeObject &
	Readonly<{
		spec?: Readonly<{
			type?: string;
			selector?: Readonly<Record<string, string>> | null;
			clusterIP?: string;
			clusterIPs?: readonly string[];
			ipFamilies?: readonly string[];
			ipFamilyPolicy?: string;
			ports?: readonly ServicePort[];
			externalName?: string;
			externalIPs?: readonly string[];
			externalTrafficPolicy?: string;
			internalTrafficPolicy?: string;
			trafficDistribution?: string;
			publishNotReadyAddresses?: boolean;
			sessionAffinity?: string;
			sessionAffinityConfig?: Readonly<{clientIP?: Readonly<{timeoutSeconds?: number}>}>;
			loadBalancerSourceRanges?: readonly string[];
			loadBalancerClass?: string;
			healthCheckNodePort?: number;
		}>;
		status?: Readonly<{
			loadBalancer?: Readonly<{ingress?: ReadonlyArray<Readonly<{ip?: string; hostname?: string; ipMode?: string}>>}>;
		}>;
	}>;

export type SliceEndpoint = Readonly<{
	addresses?: readonly string[];
	conditions?: Readonly<{ready?: boolean; serving?: boolean; terminating?: boolean}>;
	hostname?: string;
	nodeName?: string;
	zone?: string;
	targetRef?: Readonly<{kind?: string; namespace?: string; name?: string; uid?: string}>;
	hints?: Readonly<{forZones?: ReadonlyArray<Readonly<{name: string}>>; forNodes?: ReadonlyArray<Readonly<{name: string}>>}>;
}>;

/** What the network screens read of an EndpointSlice; the API sends `endpoints: null` for none. */
export type NetSlice = KubeObject &
	Readonly<{
		addressType?: string;
		endpoints?: readonly SliceEndpoint[] | null;
		ports?: ReadonlyArray<Readonly<{name?: string; port?: number; protocol?: string; appProtocol?: string}>> | null;
	}>;

/** What the network screens read of a Node. */
export type NetNode = KubeObject &
	Readonly<{
		spec?: Readonly<{podCIDR?: string; podCIDRs?: readonly string[]; unschedulable?: boolean}>;
		status?: Readonly<{
			addresses?: ReadonlyArray<Readonly<{type: string; address: string}>>;
			conditions?: readonly Condition[];
			nodeInfo?: Readonly<{kernelVersion?: string; kubeProxyVersion?: string; kubeletVersion?: string}>;
		}>;
	}>;

/** The number or the name of a Service's port, in an Ingress. */
export type IngressBackend = Readonly<{
	service?: Readonly<{name: string; port?: Readonly<{number?: number; name?: string}>}>;
	resource?: Readonly<{kind: string; name: string}>;
}>;
export type IngressPath = Readonly<{path?: string; pathType?: string; backend: IngressBackend}>;

/** What the network screens read of an Ingress. */
export type NetIngress = KubeObject &
	Readonly<{
		spec?: Readonly<{
			ingressClassName?: string;
			defaultBackend?: IngressBackend;
			rules?: ReadonlyArray<Readonly<{host?: string; http?: Readonly<{paths?: readonly IngressPath[]}>}>>;
			tls?: ReadonlyArray<Readonly<{hosts?: readonly string[]; secretName?: string}>>;
		}>;
		status?: Readonly<{loadBalancer?: Readonly<{ingress?: ReadonlyArray<Readonly<{ip?: string; hostname?: string}>>}>}>;
	}>;
