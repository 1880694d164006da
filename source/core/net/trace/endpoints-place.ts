import type {NetPod, NetService, ServicePort} from '../net-objects.ts';
import type {ClusterIndex} from './cluster-index.ts';
import type {Candidates} from './endpoints.ts';

/** A Service's port, with what stands behind it for one client. */
export type EndpointsPlace = Readonly<{service: NetService; port: ServicePort; found: Candidates; from: NetPod | undefined; index: ClusterIndex}>;
