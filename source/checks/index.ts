// Written by bin/indexes.ts.
import type {Check} from '../core/check.ts';
import {dnsApiServer} from './dns-api-server.ts';
import {dnsClusterDns} from './dns-cluster-dns.ts';
import {dnsCorefileInvalid} from './dns-corefile-invalid.ts';
import {dnsCorefile} from './dns-corefile.ts';
import {dnsEndpointsPartial} from './dns-endpoints-partial.ts';
import {dnsLoop} from './dns-loop.ts';
import {dnsMetrics} from './dns-metrics.ts';
import {dnsNoReadyEndpoints} from './dns-no-ready-endpoints.ts';
import {dnsNodeLocal} from './dns-node-local.ts';
import {dnsPodPolicy} from './dns-pod-policy.ts';
import {dnsResolvConfLimits} from './dns-resolv-conf-limits.ts';
import {dnsService} from './dns-service.ts';
import {dnsSingleReplica} from './dns-single-replica.ts';
import {dnsUpstream} from './dns-upstream.ts';
import {flannelPublicIp} from './flannel-public-ip.ts';
import {gatewayProgrammed} from './gateway-programmed.ts';
import {ingressAddress} from './ingress-address.ts';
import {ingressAuthSecret} from './ingress-auth-secret.ts';
import {ingressBackend} from './ingress-backend.ts';
import {ingressClass} from './ingress-class.ts';
import {ingressController} from './ingress-controller.ts';
import {ingressTls} from './ingress-tls.ts';
import {kubeProxyErrors} from './kube-proxy-errors.ts';
import {kubeProxy} from './kube-proxy.ts';
import {loadBalancer} from './load-balancer.ts';
import {netCidrOverlap} from './net-cidr-overlap.ts';
import {networkPolicyDns} from './network-policy-dns.ts';
import {networkPolicyEnforcer} from './network-policy-enforcer.ts';
import {networkPolicyPeers} from './network-policy-peers.ts';
import {networkPolicySelectsNothing} from './network-policy-selects-nothing.ts';
import {networkPolicyService} from './network-policy-service.ts';
import {nodeClockSkew} from './node-clock-skew.ts';
import {nodeCni} from './node-cni.ts';
import {nodeCordoned} from './node-cordoned.ts';
import {nodeK3sPassword} from './node-k3s-password.ts';
import {nodeNotReady} from './node-not-ready.ts';
import {nodePodCidr} from './node-pod-cidr.ts';
import {nodeVersionSkew} from './node-version-skew.ts';
import {routeAttached} from './route-attached.ts';
import {routeBackend} from './route-backend.ts';
import {serviceEnvironment} from './service-environment.ts';
import {serviceExternalName} from './service-external-name.ts';
import {serviceManualSlice} from './service-manual-slice.ts';
import {serviceOverlap} from './service-overlap.ts';
import {servicePartialEndpoints} from './service-partial-endpoints.ts';
import {serviceReadyEndpoints} from './service-ready-endpoints.ts';
import {serviceSelector} from './service-selector.ts';
import {serviceTargetPort} from './service-target-port.ts';
import {serviceTrafficPolicy} from './service-traffic-policy.ts';

// biome-ignore format: one line an entry, so that branches merge
export const checks: readonly Check[] = [
	dnsApiServer,
	dnsClusterDns,
	dnsCorefileInvalid,
	dnsCorefile,
	dnsEndpointsPartial,
	dnsLoop,
	dnsMetrics,
	dnsNoReadyEndpoints,
	dnsNodeLocal,
	dnsPodPolicy,
	dnsResolvConfLimits,
	dnsService,
	dnsSingleReplica,
	dnsUpstream,
	flannelPublicIp,
	gatewayProgrammed,
	ingressAddress,
	ingressAuthSecret,
	ingressBackend,
	ingressClass,
	ingressController,
	ingressTls,
	kubeProxyErrors,
	kubeProxy,
	loadBalancer,
	netCidrOverlap,
	networkPolicyDns,
	networkPolicyEnforcer,
	networkPolicyPeers,
	networkPolicySelectsNothing,
	networkPolicyService,
	nodeClockSkew,
	nodeCni,
	nodeCordoned,
	nodeK3sPassword,
	nodeNotReady,
	nodePodCidr,
	nodeVersionSkew,
	routeAttached,
	routeBackend,
	serviceEnvironment,
	serviceExternalName,
	serviceManualSlice,
	serviceOverlap,
	servicePartialEndpoints,
	serviceReadyEndpoints,
	serviceSelector,
	serviceTargetPort,
	serviceTrafficPolicy,
];
