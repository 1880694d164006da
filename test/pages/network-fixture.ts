import type {NetReport} from '../../source/core/net/net-report.ts';
import type {NetworkModel} from '../../source/core/net/network-model.ts';
import {judge} from '../../source/core/diagnose/judge.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {pathReport} from '../../source/core/net/report/path-report.ts';
import {emptyReport} from '../../source/core/net/report/empty-report.ts';
import {clusterView} from '../tools/cluster-view.ts';
import {ground, trace} from '../core/net/trace/trace-fixture.ts';

/** The Path tab over these objects; without a target nothing was asked yet. */
export function pathModel(target: string | undefined, objects: readonly KubeObject[], rest: Partial<NetworkModel> = {}): NetworkModel {
	const view = clusterView([...ground, ...objects]);
	const found = target === undefined ? undefined : trace(target, objects);
	const judged = judge([], view);
	const report: NetReport = found ? pathReport({view, trace: found, judged, cells: [], probed: false}) : emptyReport('path');
	return {
		asked: {tab: 'path', faultsOnly: false, ...(target === undefined ? {} : {target})},
		view,
		stream: {state: 'live', lastEventAt: view.now},
		reads: 7,
		judged,
		cells: [],
		run: {state: 'none'},
		...(found ? {trace: found} : {}),
		report,
		...rest,
	};
}
