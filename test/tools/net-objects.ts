import type {KubeObject} from '../../source/core/kubernetes.ts';
import {object} from './cluster-view.ts';

/** A ConfigMap with these texts. */
export function configMapOf(path: string, data: Readonly<Record<string, string>>): KubeObject {
	return object('v1', 'ConfigMap', path, {data});
}
