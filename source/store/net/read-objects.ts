import type {Readability} from '../../core/check.ts';
import type {KubeObject} from '../../core/kubernetes.ts';

/** What was read of one kind. */
export type ReadKind = Readonly<{readable: Readability; objects: readonly KubeObject[]; namespaces?: readonly string[]}>;
/** By qualified plural name; a kind that was not asked for is missing. */
export type ReadObjects = ReadonlyMap<string, ReadKind>;
