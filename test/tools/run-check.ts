import type {Check} from '../../source/core/check.ts';
import {judge} from '../../source/core/diagnose/judge.ts';
import type {Finding} from '../../source/core/finding.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {clusterView, deniedKind, type ViewOptions} from './cluster-view.ts';

/** What a check finds in these objects, whatever its grace time. */
export function findings(check: Check, objects: readonly KubeObject[], options: ViewOptions = {}): readonly Finding[] {
	return [...check.run(clusterView(objects, options))];
}

/** As `SVC_X critical proven: title`, a line each. */
export function told(check: Check, objects: readonly KubeObject[], options: ViewOptions = {}): readonly string[] {
	return findings(check, objects, options).map(({id, severity, confidence, title}) => `${id} ${severity} ${confidence}: ${title}`);
}

/** The commands that are proposed, a line each. */
export function remedies(check: Check, objects: readonly KubeObject[], options: ViewOptions = {}): readonly string[] {
	return findings(check, objects, options).flatMap(({remedy}) => remedy.map(({command}) => command));
}

/** What the engine makes of the check when this kind may not be read. */
export function withoutKind(check: Check, objects: readonly KubeObject[], kind: string): readonly string[] {
	const view = clusterView(objects, {oneShot: true, unread: {[kind]: deniedKind(kind)}});
	return judge([check], view).findings.map(({id, class: of}) => `${id} ${of}`);
}

/** What the engine tells at once, with the grace time of the check: of a run that looks only once. */
export function judged(check: Check, objects: readonly KubeObject[], options: ViewOptions = {}): readonly string[] {
	return judge([check], clusterView(objects, {oneShot: true, ...options})).findings.map(({id, confidence}) => `${id} ${confidence}`);
}
