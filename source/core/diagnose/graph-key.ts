import type {Ref} from '../kubernetes.ts';

/** The name of an object in the graph of needs: kind, namespace and name; the uid is left out, findings do not always know it. */
export function refKey({kind, namespace = '', name}: Pick<Ref, 'kind' | 'namespace' | 'name'>): string {
	return `${kind}/${namespace}/${name}`;
}
