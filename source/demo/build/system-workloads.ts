import type {DemoCluster} from '../cluster.ts';
import {addApplication} from './application.ts';
import {coreDnsData, kubeProxyData, shapeCoreDns} from './cluster-configuration.ts';
import {addService} from './services.ts';

/** What runs in kube-system, gateway and monitoring of every story with applications. */
export function addSystemWorkloads(cluster: DemoCluster, createdAt: number): void {
	const system = {namespace: 'kube-system', createdAt, hasProxy: false};
	addApplication(cluster, {
		...system,
		name: 'kube-proxy',
		as: 'DaemonSet',
		image: 'registry.k8s.io/kube-proxy:v1.34.2',
		container: 'kube-proxy',
		port: 0,
		podLabels: {'k8s-app': 'kube-proxy'},
		isHostNetwork: true,
		configMap: {name: 'kube-proxy', data: kubeProxyData},
	});
	addApplication(cluster, {
		...system,
		name: 'csi-node',
		as: 'DaemonSet',
		image: 'registry.example.test/csi/node:4.2.0',
		container: 'driver',
		port: 0,
		isHostNetwork: true,
	});
	addApplication(cluster, {...system, name: 'csi-controller', image: 'registry.example.test/csi/controller:4.2.0', container: 'driver', port: 0});
	addApplication(cluster, {
		...system,
		name: 'coredns',
		replicas: 2,
		image: 'registry.k8s.io/coredns/coredns:v1.12.4',
		container: 'coredns',
		port: 0,
		podLabels: {'k8s-app': 'kube-dns'},
		dnsPolicy: 'Default',
		configMap: {name: 'coredns', data: coreDnsData},
	});
	shapeCoreDns(cluster);
	addService(cluster, {
		namespace: 'kube-system',
		name: 'kube-dns',
		selector: {'k8s-app': 'kube-dns'},
		port: 53,
		targetPort: 53,
		clusterIP: '10.96.0.10',
		protocol: 'UDP',
		morePorts: {'dns-tcp': 53, metrics: 9153},
		createdAt,
	});
	addService(cluster, {namespace: 'default', name: 'kubernetes', selector: {}, port: 443, targetPort: 6443, clusterIP: '10.96.0.1', createdAt});
	const gateway = {namespace: 'gateway', createdAt, hasProxy: false};
	addApplication(cluster, {
		...gateway,
		name: 'gateway-controller',
		replicas: 2,
		image: 'registry.example.test/gateway/controller:1.9.1',
		container: 'controller',
		morePorts: {plain: 80},
	});
	addApplication(cluster, {...gateway, name: 'injector', replicas: 2, image: 'registry.example.test/mesh/injector:1.27.0', container: 'injector', port: 8443});
	addApplication(cluster, {...gateway, name: 'cert-manager', image: 'registry.example.test/cert-manager:1.19.1', container: 'controller', port: 0});
	const balancer = {type: 'LoadBalancer', balancerIP: '203.0.113.10', port: 443, targetPort: 8080, selector: {app: 'gateway-controller'}} as const;
	addService(cluster, {...balancer, namespace: 'gateway', name: 'public', createdAt, morePorts: {plain: 80}});
	const monitoring = {namespace: 'monitoring', createdAt, hasProxy: false};
	addApplication(cluster, {
		...monitoring,
		name: 'prometheus',
		as: 'StatefulSet',
		image: 'registry.example.test/prometheus:3.7.2',
		requests: {cpu: '500m', memory: '2Gi'},
		limits: {memory: '3Gi'},
		port: 9090,
		claimSize: '100Gi',
	});
	addApplication(cluster, {
		...monitoring,
		name: 'alertmanager',
		as: 'StatefulSet',
		replicas: 2,
		image: 'registry.example.test/alertmanager:0.29.0',
		port: 9093,
		isHeadless: true,
	});
	addApplication(cluster, {...monitoring, name: 'grafana', image: 'registry.example.test/grafana:12.2.1', port: 3000});
	addApplication(cluster, {...monitoring, name: 'otel-collector', replicas: 2, image: 'registry.example.test/otel-collector:0.139.0', port: 4317});
	addApplication(cluster, {
		...monitoring,
		name: 'node-exporter',
		as: 'DaemonSet',
		image: 'registry.example.test/node-exporter:1.10.2',
		port: 9100,
		isHostNetwork: true,
	});
}
