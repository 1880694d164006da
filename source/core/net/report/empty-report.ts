import type {NetReport} from '../net-report.ts';

/** Nothing was asked yet. */
export function emptyReport(about: string): NetReport {
	return {
		verdict: {
			id: 'NET_NOT_PROBED',
			title: `${about}: nothing was asked yet`,
			confidence: 'possible',
			severity: 'none',
			subject: {apiVersion: 'k8tui', kind: 'Network', name: about},
			evidence: [],
			remedy: [],
		},
		findings: [],
		ruledOut: [],
		notChecked: [],
	};
}
